"""What the PyTorch peers' command lines have in common: --time and --check."""
import argparse
import collections
import json
import time

import torch

# What a preset's training takes: images or crops of a step, points of each, pixels along a side, rate.
Work = collections.namedtuple("Work", "batch points size rate")


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, got {text}")
    return number


def arguments(doc, timed, checked):
    parser = argparse.ArgumentParser(description=doc.split("\n")[0])
    parser.add_argument("--network", choices=sorted({*timed, *checked}), required=True)
    task = parser.add_mutually_exclusive_group(required=True)
    task.add_argument("--time", action="store_true", help="print the median of each mode")
    task.add_argument("--check", metavar="FILE", help="compute again what a test of slidefield wrote there")
    parser.add_argument("--modes", default="train,predict", metavar="LIST")
    parser.add_argument("--batch", type=positive, help="default: the preset's, as of --points and --size")
    parser.add_argument("--points", type=positive)
    parser.add_argument("--size", type=positive)
    parser.add_argument("--steps", type=positive, default=15)
    parser.add_argument("--warm-up", type=int, default=3, metavar="N", help="untimed steps (default: 3)")
    parser.add_argument("--threads", type=positive, default=2)
    parser.add_argument("--channels-last", type=int, default=1, choices=[0, 1])
    parser.add_argument("--chunk", type=positive, default=8192, help="points asked at a time in a prediction (default: 8192)")
    a = parser.parse_args()
    if a.network not in (timed if a.time else checked):
        parser.error(f"there is no {a.network} to {'time' if a.time else 'check'}; choose one of "
                     + ", ".join(sorted(timed if a.time else checked)))
    return a


def median(work, steps, warm_up):
    """Milliseconds, and those of all processors in the mean."""
    for _ in range(warm_up):
        work()
    times, processor = [], time.process_time()
    for _ in range(steps):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    processor = time.process_time() - processor
    return sorted(times)[steps // 2] * 1e3, processor * 1e3 / steps


def measure(a, work, build):
    a.batch, a.points, a.size = a.batch or work.batch, a.points or work.points, a.size or work.size

    def laid_out(x):
        last = torch.channels_last if x.dim() == 4 else torch.channels_last_3d
        return x.contiguous(memory_format=last) if a.channels_last else x.contiguous()

    a.images = laid_out
    network, loss, prediction = build(a)
    if a.channels_last:
        # the parameters of one number of axes only can lie so: those of two, or of three
        volume = any(p.dim() == 5 for p in network.parameters())
        network.to(memory_format=torch.channels_last_3d if volume else torch.channels_last)
    optimiser = torch.optim.AdamW(network.parameters(), work.rate, weight_decay=0)

    def train():
        optimiser.zero_grad(set_to_none=True)
        value = loss()
        value.backward()
        optimiser.step()
        return value.item()

    def predict():
        with torch.inference_mode():
            prediction()

    for mode in a.modes.split(","):
        network.train(mode == "train")
        ms, processor = median({"train": train, "predict": predict}[mode], a.steps, a.warm_up)
        print(json.dumps(dict(
            peer="torch " + torch.__version__, network=a.network, mode=mode, channels_last=a.channels_last, threads=a.threads,
            batch=a.batch if mode == "train" else 1, points=a.points, size=a.size,
            parameters=sum(p.numel() for p in network.parameters()), ms=round(ms, 2), cpu_ms=round(processor, 2))),
            flush=True)


def main(doc, timed, checked):
    """
    timed: by network's name its Work and what builds, of the options, the network, a function of a step's loss and one that
    predicts one image; the options' images() lays an array out. checked: by name what compares a file's tensors.
    """
    a = arguments(doc, timed, checked)
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    if a.check:
        print(json.dumps(checked[a.network](a.check)))
    else:
        measure(a, *timed[a.network])
