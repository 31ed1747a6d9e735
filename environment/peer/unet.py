#!/usr/bin/python3
"""PyTorch peer of slidefield's patch networks, for side-by-side timing on one machine.

Builds the same network as slidefield.patch and times the same work on random patches: a training step (forward, binary
cross-entropy, backward, Adam) or a prediction. Prints one JSON line per mode with the median step.
"""

import argparse
import json
import time

import torch
from torch import nn
from torch.nn import functional as F


def block(inputs, outputs, bias):
    """Twice a 3 x 3 convolution, batch normalisation and ReLU."""
    layers = []
    for channels in (inputs, outputs):
        layers += [nn.Conv2d(channels, outputs, 3, padding=1, bias=bias), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers)


def up(inputs, outputs, factor, normalized):
    layers = [nn.ConvTranspose2d(inputs, outputs, factor, factor)]
    if normalized:
        layers += [nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers)


class Encoder(nn.Module):
    def __init__(self, widths, bias):
        super().__init__()
        self.blocks = nn.ModuleList(block(i, o, bias) for i, o in zip([3] + widths, widths))

    def forward(self, x):
        maps = []
        for level, layer in enumerate(self.blocks):
            x = layer(x if level == 0 else F.max_pool2d(x, 2))
            maps.append(x)
        return maps


class Aggregation(nn.Module):
    """The coarser maps' centres at the finest one's size, concatenated and summed by a 1 x 1 convolution."""

    def __init__(self, channels, scales, upscaling):
        super().__init__()
        self.scales = scales
        self.ups = nn.ModuleList()
        for scale in scales[1:]:
            if upscaling == "transposed":
                self.ups.append(up(channels, channels, scale, True))
            elif upscaling == "chained":
                self.ups.append(nn.Sequential(*[up(channels, channels, 2, True) for _ in range(scale.bit_length() - 1)]))
        self.sum = nn.Sequential(nn.Conv2d(len(scales) * channels, channels, 1), nn.BatchNorm2d(channels))

    def forward(self, maps):
        height, width = maps[0].shape[2:]
        parts = [maps[0]]
        for j, scale in enumerate(self.scales[1:]):
            h, w = height // scale, width // scale
            top, left = (height - h) // 2, (width - w) // 2
            centre = maps[j + 1][:, :, top:top + h, left:left + w]
            parts.append(self.ups[j](centre) if len(self.ups) else F.interpolate(
                centre, (height, width), mode="bilinear", align_corners=False))
        return self.sum(torch.cat(parts, 1) if len(parts) > 1 else parts[0])


class Network(nn.Module):
    """A U-Net; with several scales one encoder for each, and aggregations at every level."""

    def __init__(self, base, scales, upscaling, mrn, levels=5):
        super().__init__()
        widths = [base << level for level in range(levels)]
        self.encoders = nn.ModuleList(Encoder(widths, mrn) for _ in scales)
        self.aggregations = nn.ModuleList(Aggregation(w, scales, upscaling) for w in widths) if upscaling else None
        self.ups = nn.ModuleList(up(2 * w, w, 2, mrn) for w in widths[:-1])
        self.blocks = nn.ModuleList(block(2 * w, w, mrn) for w in widths[:-1])
        self.out = nn.Conv2d(base, 1, 1)

    def forward(self, patches):
        all_maps = [encoder(patch) for encoder, patch in zip(self.encoders, patches)]
        maps = all_maps[0]
        if self.aggregations:
            maps = [join([m[level] for m in all_maps]) for level, join in enumerate(self.aggregations)]
        x = maps[-1]
        for level in reversed(range(len(maps) - 1)):
            x = self.blocks[level](torch.cat([maps[level], self.ups[level](x)], 1))
        return self.out(x)


def network(name, base):
    if name == "unet":
        return Network(base, [1], None, False)
    if name == "unet-mrn":
        return Network(base, [1], None, True)
    return Network(base, [1, 2, 4, 8], name.split("-")[1], True)


def median(work, steps, warm_up):
    """Milliseconds."""
    for _ in range(warm_up):
        work()
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[steps // 2] * 1e3


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--networks", default="unet", metavar="LIST",
                        help="of unet, unet-mrn, mrn-bilinear, mrn-transposed, mrn-chained (default: unet)")
    parser.add_argument("--modes", default="train,predict", metavar="LIST")
    parser.add_argument("--base", type=int, default=16)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--warm-up", type=int, default=3, metavar="N", help="untimed steps (default: 3)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--channels-last", type=int, default=1, choices=[0, 1])
    parser.add_argument("--params", action="store_true", help="print the parameter counts and stop")
    return parser.parse_args()


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    layout = torch.channels_last if options.channels_last else torch.contiguous_format
    for name in options.networks.split(","):
        net = network(name, options.base)
        if options.params:
            print(json.dumps(dict(network=name, base=options.base, parameters=sum(p.numel() for p in net.parameters()))))
            continue
        net.to(memory_format=layout)
        shape = (options.batch, 3, options.size, options.size)
        patches = [torch.rand(shape).to(memory_format=layout) for _ in net.encoders]
        target = (torch.rand(options.batch, 1, options.size, options.size) > 0.5).float()
        adam = torch.optim.Adam(net.parameters(), 1e-3)

        def train():
            adam.zero_grad(set_to_none=True)
            F.binary_cross_entropy_with_logits(net(patches), target).backward()
            adam.step()

        def predict():
            with torch.no_grad():
                torch.sigmoid(net(patches))

        for mode in options.modes.split(","):
            net.train(mode == "train")
            ms = median({"train": train, "predict": predict}[mode], options.steps, options.warm_up)
            pixels = options.batch * options.size ** 2
            print(json.dumps(dict(
                peer="torch " + torch.__version__, network=name, base=options.base, mode=mode,
                channels_last=options.channels_last, batch=options.batch, size=options.size, ms=round(ms, 2),
                px_per_s=round(pixels / ms * 1e3))), flush=True)


if __name__ == "__main__":
    main()
