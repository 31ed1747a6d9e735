"""Times slidefield and its PyTorch peer in turn, for environment/compare. Python's standard library only."""

import argparse
import csv
import importlib.util
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

MODES = ["recon", "ito", "seg", "infer"]
LAYOUTS = {"channels-last": "1", "contiguous": "0"}
COLUMNS = ["preset", "precision", "mode", "rounds", "steps", "threads", "peer", "peer_layout", "peer_ms", "slidefield_ms",
           "ratio", "ratio_min", "ratio_max", "share", "peak_gflops", "peak_rss_mb"]


def fail(message):
    print(f"compare: {message}", file=sys.stderr)
    sys.exit(1)


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, got {text}")
    return number


def mode_list(text):
    modes = text.split(",")
    for mode in modes:
        if mode not in MODES:
            raise argparse.ArgumentTypeError(f"unknown mode '{mode}'; the modes are {', '.join(MODES)}")
    return modes


def arguments():
    parser = argparse.ArgumentParser(
        prog="compare",
        description="Times slidefield and its PyTorch peer in turn. The peer runs with both memory layouts; the one with the"
                    " lower median counts. A ratio above 1 means that slidefield is faster. The share is that of the best"
                    " GFLOP/s of a large matrix product in any round.")
    parser.add_argument("--root", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--preset", default="teaching", choices=["teaching", "paper"])
    parser.add_argument("--precision", default="f32", choices=["f32", "bf16"])
    parser.add_argument("--rounds", type=positive, default=5, metavar="N", help="how often all is run (default: 5)")
    parser.add_argument("--steps", type=positive, default=15, metavar="N", help="timed steps per run (default: 15)")
    parser.add_argument("--modes", type=mode_list, default=MODES, metavar="LIST", help=f"default: {','.join(MODES)}")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the table (default: results/compare.csv)")
    parser.add_argument("--slidefield", type=Path, metavar="COMMAND", help="default: environment/slidefield")
    return parser.parse_args()


def find_peer(root):
    named = os.environ.get("SLIDEFIELD_PEER")
    peer = Path(named) if named else root / ".." / "shared" / "peer" / "torch_wsi_inr.py"
    if not peer.is_file():
        fail(f"no peer at {peer}; set SLIDEFIELD_PEER to torch_wsi_inr.py")
    if importlib.util.find_spec("torch") is None:
        fail("the peer needs PyTorch: apt-get install python3-torch")
    return peer


def run(command):
    """The JSON lines that a command prints, by mode."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        fail(f"{Path(command[0]).name} failed with status {done.returncode}: {lines[-1]}")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {line["mode"]: line for line in lines}


def measure(options, peer, threads, number, mode):
    """One round of one mode: ms of the peer per layout, and slidefield's lines. Every other round runs backwards, so
    that neither side is always the first or the last while the machine's speed drifts."""
    def peer_ms(layout):
        return run([sys.executable, peer, "--preset", options.preset, "--modes", mode, "--steps", options.steps, "--threads",
                    threads, "--channels-last", LAYOUTS[layout], "--bf16", int(options.precision == "bf16")])[mode]

    def ours():
        return run([options.slidefield, "bench", "--preset", options.preset, "--modes", f"peak,{mode}", "--steps",
                    options.steps, "--precision", options.precision])

    first, last = list(LAYOUTS) if number % 2 == 0 else list(reversed(LAYOUTS))
    before, own, after = peer_ms(first), ours(), peer_ms(last)
    return {"peer": {first: before, last: after}, "own": own[mode], "peak": own["peak"]}


def summary(rounds, peak):
    """One mode's row from its rounds: medians, their ratio, how far the single rounds' ratios lie apart, and the share of
    the best arithmetic (GFLOP/s) that this machine has shown."""
    layout = min(LAYOUTS, key=lambda name: statistics.median(r["peer"][name]["ms"] for r in rounds))
    peer = [r["peer"][layout]["ms"] for r in rounds]
    own = [r["own"]["ms"] for r in rounds]
    ratios = [p / o for p, o in zip(peer, own)]
    memory = [r["own"]["peak_rss_mb"] for r in rounds if "peak_rss_mb" in r["own"]]
    return {
        "peer": rounds[0]["peer"][layout].get("peer", ""),
        "peer_layout": layout,
        "peer_ms": statistics.median(peer),
        "slidefield_ms": statistics.median(own),
        "ratio": statistics.median(peer) / statistics.median(own),
        "ratio_min": min(ratios),
        "ratio_max": max(ratios),
        "share": statistics.median(r["own"]["gflops"] for r in rounds) / peak,
        "peak_gflops": peak,
        "peak_rss_mb": max(memory, default=""),
    }


def rounded(row):
    digits = {"peer_ms": 2, "slidefield_ms": 2, "share": 3, "peak_gflops": 1}
    return {key: round(value, digits.get(key, 3)) if isinstance(value, float) else value for key, value in row.items()}


def write(file, rows):
    """Replaces the rows of the same preset, precision and mode, and keeps the others."""
    def key(row):
        return row["preset"], row["precision"], row["mode"]

    kept = []
    if file.is_file():
        with open(file, newline="", encoding="utf-8") as old:
            reader = csv.DictReader(old)
            if reader.fieldnames != COLUMNS:
                fail(f"{file} is not a table of this script; move it away")
            kept = [row for row in reader if key(row) not in {key(new) for new in rows}]
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    with open(part, "w", newline="", encoding="utf-8") as new:
        writer = csv.DictWriter(new, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept + rows)
    os.replace(part, file)


def show(rows):
    print(f"{'mode':<7}{'peer ms':>9}  {'layout':<15}{'slidefield ms':>13}{'ratio':>8}{'rounds':>15}{'share of peak':>15}")
    for row in rows:
        span = f"{row['ratio_min']:.2f} to {row['ratio_max']:.2f}"
        print(f"{row['mode']:<7}{row['peer_ms']:>9.1f}  {row['peer_layout']:<15}{row['slidefield_ms']:>13.1f}"
              f"{row['ratio']:>8.2f}{span:>15}{row['share']:>15.2f}")


def main():
    options = arguments()
    options.slidefield = options.slidefield or options.root / "environment" / "slidefield"
    peer = find_peer(options.root)
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if os.getloadavg()[0] > 0.5:
        print(f"compare: something else runs here (load {os.getloadavg()[0]:.1f}): expect noise", file=sys.stderr)
    rounds = {mode: [] for mode in options.modes}
    for number in range(options.rounds):
        for mode in options.modes:
            one = measure(options, peer, threads, number, mode)
            rounds[mode].append(one)
            times = " / ".join(f"{one['peer'][layout]['ms']:.1f}" for layout in LAYOUTS)
            print(f"round {number + 1} of {options.rounds}, {mode}: peer {times} ms ({' / '.join(LAYOUTS)}), slidefield"
                  f" {one['own']['ms']:.1f} ms", file=sys.stderr)
    same = {"preset": options.preset, "precision": options.precision, "rounds": options.rounds, "steps": options.steps,
            "threads": threads}
    peak = max(one["peak"]["gflops"] for ones in rounds.values() for one in ones)
    rows = [{**same, "mode": mode, **summary(rounds[mode], peak)} for mode in options.modes]
    print(f"{options.preset}, {options.precision}, {threads} threads, median of {options.rounds} rounds of {options.steps}"
          f" steps; {rows[0]['peer']}, {rounds[options.modes[0]][0]['own']['kernels']}")
    show(rows)
    out = options.out or options.root / "results" / "compare.csv"
    write(out, [rounded(row) for row in rows])
    print(f"wrote {out}")


main()
