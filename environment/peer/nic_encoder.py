#!/usr/bin/python3
"""NumPy and PyTorch peers of the BiGAN encoder of Neural Image Compression (slidefield.nic.BiGanEncoder).

--check FILE computes in double precision, with NumPy alone and from Keras' names of the arrays, the codes of the patches in a
safetensors file that slidefield.nic.KerasEncoderTest writes (arrays by Keras' names, patches, codes) and prints the largest
difference; with --weights H5 the arrays come from the published file itself where h5py is installed (python3-h5py).

--time measures encoding with PyTorch (python3-torch) in both layouts, the normalisations as they are and folded into the
convolutions after them; one JSON line each, the best counts. Side by side, from the repository's root, in turn and several times:
  /usr/bin/python3 environment/peer/nic_encoder.py --time --batch 64 --threads 2
  environment/slidefield bench --encoder bigan --patches 64
"""
import argparse
import json
import re
import struct
import sys
import time

import numpy as np


def safetensors(path):
    with open(path, "rb") as file:
        length = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    types = {"F32": "<f4", "F64": "<f8"}
    return {name: np.frombuffer(data[slice(*entry["data_offsets"])], types[entry["dtype"]]).reshape(entry["shape"])
            for name, entry in header.items()}


def published(path):
    """The arrays of a Keras file by the last two parts of their names, or None without h5py."""
    try:
        import h5py
    except ImportError:
        return None
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset):
            found["/".join(name.split("/")[-2:])] = item[()]

    with h5py.File(path, "r") as file:
        file["model_weights"].visititems(visit)
    return found


def layers(arrays, prefix):
    names = {name.split("/")[0] for name in arrays if name.startswith(prefix)}
    return sorted(names, key=lambda name: int(re.search(r"(\d+)$", name).group(1)))


def encode(arrays, patches):
    """N x 128 x 128 x 3 in [-1, 1] to N x C."""
    x = patches.astype(np.float64)
    n, side = x.shape[0], x.shape[1] // 2
    x = x.reshape(n, side, 2, side, 2, -1).mean((2, 4))
    for conv, norm in zip(layers(arrays, "conv2d"), layers(arrays, "batch_normalization")):
        kernel = arrays[conv + "/kernel:0"].astype(np.float64)
        windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), (1, 2))[:, ::2, ::2]
        x = np.einsum("nyxcij,ijco->nyxo", windows, kernel, optimize=True) + arrays[conv + "/bias:0"]
        x = np.where(x > 0, x, 0.2 * x)
        scale = arrays[norm + "/gamma:0"] / np.sqrt(arrays[norm + "/moving_variance:0"].astype(np.float64) + 1e-3)
        x = (x - arrays[norm + "/moving_mean:0"]) * scale + arrays[norm + "/beta:0"]
    dense = next(name for name, array in arrays.items() if name.endswith("kernel:0") and array.ndim == 2)
    return x.reshape(n, -1) @ arrays[dense].astype(np.float64) + arrays[dense.replace("kernel", "bias")]


def check(options):
    stored = safetensors(options.check)
    patches, codes = stored.pop("patches"), stored.pop("codes")
    arrays = published(options.weights) if options.weights else None
    expected = encode(arrays or stored, patches)
    print(json.dumps(dict(
        weights="h5py" if arrays else "dump", patches=len(patches), code=expected.shape[1],
        difference=float(np.abs(expected - codes).max()), largest=float(np.abs(expected).max()))))


def network(folded):
    import torch.nn as nn
    parts, channels = [nn.AvgPool2d(2)], 3
    for _ in range(4):
        parts += [nn.Conv2d(channels, 128, 3, 2), nn.LeakyReLU(0.2, inplace=True)]
        parts += [] if folded else [nn.BatchNorm2d(128, 1e-3)]
        channels = 128
    return nn.Sequential(*parts, nn.Flatten(), nn.Linear(1152, 128)).eval()


def measure(options):
    import torch
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    for folded in (False, True):
        for layout in ("contiguous_format", "channels_last"):
            form = getattr(torch, layout)
            net = network(folded).to(memory_format=form)
            x = (2 * torch.rand(options.batch, 3, 128, 128) - 1).to(memory_format=form)
            times = []
            with torch.no_grad():
                for step in range(options.warm_up + options.steps):
                    start = time.perf_counter()
                    net(x)
                    times.append(time.perf_counter() - start)
            ms = sorted(times[options.warm_up:])[options.steps // 2] * 1e3
            print(json.dumps(dict(
                peer="torch " + torch.__version__, encoder="bigan", folded=folded, layout=layout, threads=options.threads,
                patches=options.batch, ms=round(ms, 2), patches_per_s=round(options.batch / ms * 1e3))), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", metavar="FILE")
    parser.add_argument("--weights", metavar="H5")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--warm-up", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if not options.check and not options.time:
        sys.exit("give --check FILE or --time")
    if options.check:
        check(options)
    if options.time:
        measure(options)


if __name__ == "__main__":
    main()
