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
RATIO = ["rounds", "steps", "threads", "peer", "peer_layout", "peer_ms", "slidefield_ms", "ratio", "ratio_min", "ratio_max"]
COLUMNS = ["preset", "precision", "mode", *RATIO, "share", "peak_gflops", "peak_rss_mb"]
SAME_WORK = ["batch", "points", "size", "parameters"]
SWIPE_COLUMNS = ["network", "mode", *SAME_WORK, *RATIO, "peak_rss_mb"]
SWIPE_MODES = ["train", "predict"]


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
                    " GFLOP/s of a large matrix product in any round. With --swipe the peers are those of environment/peer,"
                    " and images and points are there beforehand: their variation and drawing are timed on neither side.")
    parser.add_argument("--root", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--preset", default="teaching", choices=["teaching", "paper"])
    parser.add_argument("--precision", default="f32", choices=["f32", "bf16"])
    parser.add_argument("--rounds", type=positive, default=5, metavar="N", help="how often all is run (default: 5)")
    parser.add_argument("--steps", type=positive, default=15, metavar="N", help="timed steps per run (default: 15)")
    parser.add_argument("--modes", type=mode_list, default=MODES, metavar="LIST", help=f"default: {','.join(MODES)}")
    parser.add_argument("--swipe", type=lambda text: text.split(","), metavar="LIST",
                        help="presets of SwIPE, its rivals and volumes instead, as of slidefield bench --swipe; modes: train"
                             " and predict")
    parser.add_argument("--batch", type=positive, metavar="N", help="with --swipe, default: the preset's")
    parser.add_argument("--points", type=positive, metavar="N", help="with --swipe, default: the preset's")
    parser.add_argument("--image-size", type=positive, metavar="PX", help="with --swipe, default: the preset's")
    parser.add_argument("--out", type=Path, metavar="FILE",
                        help="the table (default: results/compare.csv, with --swipe results/compare-swipe.csv)")
    parser.add_argument("--peers", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--slidefield", type=Path, metavar="COMMAND", help="default: environment/slidefield")
    return parser.parse_args()


def find_peer(root):
    named = os.environ.get("SLIDEFIELD_PEER")
    peer = Path(named) if named else root / ".." / "shared" / "peer" / "torch_wsi_inr.py"
    if not peer.is_file():
        fail(f"no peer at {peer}; set SLIDEFIELD_PEER to torch_wsi_inr.py")
    return peer


def require_torch():
    if importlib.util.find_spec("torch") is None:
        fail("the peer needs PyTorch: apt-get install python3-torch")


def run(command):
    """The JSON lines that a command prints, by mode."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        fail(f"{Path(command[0]).name} failed with status {done.returncode}: {lines[-1]}")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {line["mode"]: line for line in lines}


def in_turn(number, peer, own):
    """One round: what the peer prints per layout, and what slidefield prints. Every other round runs backwards, so that
    neither side is always the first or the last while the machine's speed drifts."""
    first, last = list(LAYOUTS) if number % 2 == 0 else list(reversed(LAYOUTS))
    before, mine, after = peer(first), own(), peer(last)
    return {"peer": {first: before, last: after}, "own": mine}


def measure(options, peer, threads, number, mode):
    """One round of one mode."""
    def theirs(layout):
        return run([sys.executable, peer, "--preset", options.preset, "--modes", mode, "--steps", options.steps, "--threads",
                    threads, "--channels-last", LAYOUTS[layout], "--bf16", int(options.precision == "bf16")])[mode]

    def ours():
        return run([options.slidefield, "bench", "--preset", options.preset, "--modes", f"peak,{mode}", "--steps",
                    options.steps, "--precision", options.precision])

    one = in_turn(number, theirs, ours)
    return {"peer": one["peer"], "own": one["own"][mode], "peak": one["own"]["peak"]}


def peer_of(network):
    """Script of environment/peer and the network's name there."""
    if network.startswith("volume-"):
        return "swipe3d.py", network[len("volume-"):]
    if network in ("teaching", "released", "paper"):
        return "swipe.py", network
    return ("implicit.py" if network.startswith(("ossnet", "iosnet")) else "rivals.py"), network


def measure_swipe(options, threads, number, network):
    """One round of one network: by mode what measure gives."""
    script, name = peer_of(network)
    asked = {"--batch": options.batch, "--points": options.points, "--size": options.image_size}
    sizes = [word for option, value in asked.items() if value for word in (option, value)]

    def theirs(layout):
        return run([sys.executable, options.peers / script, "--network", name, "--time", "--steps", options.steps,
                    "--threads", threads, "--channels-last", LAYOUTS[layout], *sizes])

    def ours():
        own = ["--image-size" if word == "--size" else word for word in sizes]
        return run([options.slidefield, "bench", "--swipe", network, "--steps", options.steps, *own])

    one = in_turn(number, theirs, ours)
    modes = {}
    for mode in SWIPE_MODES:
        modes[mode] = {"peer": {layout: lines[mode] for layout, lines in one["peer"].items()}, "own": one["own"][mode]}
        for layout, line in modes[mode]["peer"].items():
            for what in SAME_WORK:
                if line[what] != one["own"][mode][what]:
                    fail(f"{network}, {mode}: the peer's {what} is {line[what]} and slidefield's {one['own'][mode][what]}:"
                         " not the same work")
    return modes


def summary(rounds):
    """One mode's row from its rounds: medians, their ratio, and how far the single rounds' ratios lie apart."""
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
        "peak_rss_mb": max(memory, default=""),
    }


def share(rounds, peak):
    """Of the best arithmetic (GFLOP/s) that this machine has shown."""
    return {"share": statistics.median(r["own"]["gflops"] for r in rounds) / peak, "peak_gflops": peak}


def rounded(row):
    digits = {"peer_ms": 2, "slidefield_ms": 2, "share": 3, "peak_gflops": 1}
    return {key: round(value, digits.get(key, 3)) if isinstance(value, float) else value for key, value in row.items()}


def write(file, rows, columns, keys):
    """Replaces the rows of the same keys, and keeps the others."""
    def key(row):
        return tuple(str(row[name]) for name in keys)

    kept = []
    if file.is_file():
        with open(file, newline="", encoding="utf-8") as old:
            reader = csv.DictReader(old)
            if reader.fieldnames != columns:
                fail(f"{file} is not a table of this script; move it away")
            kept = [row for row in reader if key(row) not in {key(new) for new in rows}]
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    with open(part, "w", newline="", encoding="utf-8") as new:
        writer = csv.DictWriter(new, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept + [rounded(row) for row in rows])
    os.replace(part, file)
    print(f"wrote {file}")


def show(rows, name):
    """name: what a row is called by."""
    wide = max(7, 2 + max(len(name(row)) for row in rows))
    last = f"{'share of peak':>15}" if "share" in rows[0] else ""
    print(f"{'mode':<{wide}}{'peer ms':>9}  {'layout':<15}{'slidefield ms':>13}{'ratio':>8}{'rounds':>15}{last}")
    for row in rows:
        span = f"{row['ratio_min']:.2f} to {row['ratio_max']:.2f}"
        last = f"{row['share']:>15.2f}" if "share" in row else ""
        print(f"{name(row):<{wide}}{row['peer_ms']:>9.1f}  {row['peer_layout']:<15}{row['slidefield_ms']:>13.1f}"
              f"{row['ratio']:>8.2f}{span:>15}{last}")


def tell(number, options, what, one):
    times = " / ".join(f"{one['peer'][layout]['ms']:.1f}" for layout in LAYOUTS)
    print(f"round {number + 1} of {options.rounds}, {what}: peer {times} ms ({' / '.join(LAYOUTS)}), slidefield"
          f" {one['own']['ms']:.1f} ms", file=sys.stderr)


def fields(options, peer, threads):
    rounds = {mode: [] for mode in options.modes}
    for number in range(options.rounds):
        for mode in options.modes:
            rounds[mode].append(measure(options, peer, threads, number, mode))
            tell(number, options, mode, rounds[mode][-1])
    same = {"preset": options.preset, "precision": options.precision, "rounds": options.rounds, "steps": options.steps,
            "threads": threads}
    peak = max(one["peak"]["gflops"] for ones in rounds.values() for one in ones)
    rows = [{**same, "mode": mode, **summary(rounds[mode]), **share(rounds[mode], peak)} for mode in options.modes]
    print(f"{options.preset}, {options.precision}, {threads} threads, median of {options.rounds} rounds of {options.steps}"
          f" steps; {rows[0]['peer']}, {rounds[options.modes[0]][0]['own']['kernels']}")
    show(rows, lambda row: row["mode"])
    write(options.out or options.root / "results" / "compare.csv", rows, COLUMNS, ["preset", "precision", "mode"])


def swipe(options, threads):
    rounds = {network: [] for network in options.swipe}
    for number in range(options.rounds):
        for network in options.swipe:
            rounds[network].append(measure_swipe(options, threads, number, network))
            for mode in SWIPE_MODES:
                tell(number, options, f"{network} {mode}", rounds[network][-1][mode])
    same = {"rounds": options.rounds, "steps": options.steps, "threads": threads}
    rows = []
    for network, ones in rounds.items():
        for mode in SWIPE_MODES:
            of_mode = [one[mode] for one in ones]
            work = {what: of_mode[0]["own"][what] for what in SAME_WORK}
            rows.append({"network": network, "mode": mode, **work, **same, **summary(of_mode)})
    first = rounds[options.swipe[0]][0]["train"]
    print(f"f32, {threads} threads, median of {options.rounds} rounds of {options.steps} steps; {rows[0]['peer']},"
          f" {first['own']['kernels']}")
    show(rows, lambda row: f"{row['network']} {row['mode']}")
    write(options.out or options.root / "results" / "compare-swipe.csv", rows, SWIPE_COLUMNS,
          ["network", "mode", "batch", "points", "size"])


def main():
    options = arguments()
    options.slidefield = options.slidefield or options.root / "environment" / "slidefield"
    options.peers = options.peers or options.root / "environment" / "peer"
    peer = None if options.swipe else find_peer(options.root)
    require_torch()
    threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if os.getloadavg()[0] > 0.5:
        print(f"compare: something else runs here (load {os.getloadavg()[0]:.1f}): expect noise", file=sys.stderr)
    if options.swipe:
        swipe(options, threads)
    else:
        fields(options, peer, threads)


main()
