#!/usr/bin/python3
"""PyTorch peer of TransUNet's training step, for side-by-side timing on one machine (needs python3-torch).

The small network of slidefield.patch.TransUNetOptions: forward, 0.5 cross-entropy + 0.5 Dice, backward, SGD with momentum.
Prints one JSON line: the median of the timed steps and their mean processor time. --check FILE
instead computes again, in double precision, what slidefield.patch.TransUNetBenchmark --check wrote there, and prints the
largest differences.

Side by side, from the repository's root, in turn and several times:
  /usr/bin/python3 environment/peer/transunet.py --size 128 --batch 4
  java -cp target/test-classes:target/classes:$(cat target/class-path.txt) slidefield.patch.TransUNetBenchmark --size 128 --batch 4
"""
import argparse
import json
import math
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from agreement import read

WARM_UP = 5
SMALL = dict(width=32, units=(1, 2, 2), groups=8, hidden=192, layers=4, heads=6, mlp=768, dropout=0.1,
             decoder=(128, 64, 32, 16, 16))


class StandardisedConv(nn.Conv2d):
    def __init__(self, i, o, kernel, stride=1):
        super().__init__(i, o, kernel, stride=stride, padding=kernel // 2, bias=False)

    def forward(self, x):
        variance, mean = torch.var_mean(self.weight, dim=(1, 2, 3), keepdim=True, unbiased=False)
        return F.conv2d(x, (self.weight - mean) / torch.sqrt(variance + 1e-5), None, self.stride, self.padding)


class Bottleneck(nn.Module):
    def __init__(self, i, inner, o, stride, groups):
        super().__init__()
        self.reduce, self.reduce_norm = StandardisedConv(i, inner, 1), nn.GroupNorm(groups, inner, 1e-6)
        self.middle, self.middle_norm = StandardisedConv(inner, inner, 3, stride), nn.GroupNorm(groups, inner, 1e-6)
        self.expand, self.expand_norm = StandardisedConv(inner, o, 1), nn.GroupNorm(groups, o, 1e-6)
        self.projection = None
        if stride != 1 or i != o:
            self.projection, self.projection_norm = StandardisedConv(i, o, 1, stride), nn.GroupNorm(o, o, 1e-5)

    def forward(self, x):
        residual = x if self.projection is None else self.projection_norm(self.projection(x))
        y = F.relu(self.reduce_norm(self.reduce(x)), inplace=True)
        y = F.relu(self.middle_norm(self.middle(y)), inplace=True)
        return F.relu(residual + self.expand_norm(self.expand(y)), inplace=True)


class ResNet(nn.Module):
    def __init__(self, p):
        super().__init__()
        w, g = p["width"], p["groups"]
        self.root, self.root_norm = StandardisedConv(3, w, 7, 2), nn.GroupNorm(g, w, 1e-6)
        i = w
        for stage, units in enumerate(p["units"]):
            blocks = []
            for unit in range(units):
                inner = w << stage
                blocks.append(Bottleneck(i, inner, 4 * inner, 2 if stage and not unit else 1, g))
                i = 4 * inner
            setattr(self, f"stage{stage + 1}", nn.Sequential(*blocks))

    def forward(self, x):
        half = F.relu(self.root_norm(self.root(x)), inplace=True)
        first = self.stage1(F.max_pool2d(half, 3, 2))
        quarter = F.pad(first, (0, x.shape[3] // 4 - first.shape[3], 0, x.shape[2] // 4 - first.shape[2]))
        eighth = self.stage2(first)
        return half, quarter, eighth, self.stage3(eighth)


class Attention(nn.Module):
    def __init__(self, c, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(c, c) for _ in range(4))

    def forward(self, x):
        n, t, c = x.shape
        q, k, v = (layer(x).view(n, t, self.heads, c // self.heads).transpose(1, 2)
                   for layer in (self.query, self.key, self.value))
        p = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(c // self.heads), -1)
        return self.out((p @ v).transpose(1, 2).reshape(n, t, c))


class Layer(nn.Module):
    def __init__(self, p):
        super().__init__()
        c = p["hidden"]
        self.attention_norm, self.attention = nn.LayerNorm(c, 1e-6), Attention(c, p["heads"])
        self.mlp_norm, self.widen, self.narrow = nn.LayerNorm(c, 1e-6), nn.Linear(c, p["mlp"]), nn.Linear(p["mlp"], c)
        self.dropout = nn.Dropout(p["dropout"])

    def forward(self, x):
        x = x + self.attention(self.attention_norm(x))
        return x + self.dropout(self.narrow(self.dropout(F.gelu(self.widen(self.mlp_norm(x))))))


def convolution(i, o):
    return [nn.Conv2d(i, o, 3, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True)]


class TransUNet(nn.Module):
    def __init__(self, size, p):
        super().__init__()
        w, c, d = p["width"], p["hidden"], p["decoder"]
        self.resnet = ResNet(p)
        self.embedding = nn.Conv2d(16 * w, c, 1)
        self.position = nn.Parameter(torch.zeros(1, (size // 16) ** 2, c))
        self.dropout = nn.Dropout(p["dropout"])
        self.layers = nn.Sequential(*(Layer(p) for _ in range(p["layers"])))
        self.norm = nn.LayerNorm(c, 1e-6)
        steps = [nn.Sequential(*convolution(c, d[0]))]
        for k, skip in enumerate((8 * w, 4 * w, w, 0)):
            steps.append(nn.Sequential(*convolution(d[k] + skip, d[k + 1]), *convolution(d[k + 1], d[k + 1])))
        self.decoder = nn.Sequential(*steps)
        self.head = nn.Conv2d(d[4], 1, 3, padding=1)

    def forward(self, x):
        half, quarter, eighth, sixteenth = self.resnet(x)
        y = self.embedding(sixteenth)
        n, c, h, v = y.shape
        y = self.norm(self.layers(self.dropout(y.flatten(2).transpose(1, 2) + self.position)))
        y = self.decoder[0](y.transpose(1, 2).reshape(n, c, h, v))
        for step, skip in zip(self.decoder[1:], (eighth, quarter, half, None)):
            y = F.interpolate(y, scale_factor=2, mode="bilinear", align_corners=True)
            y = step(y if skip is None else torch.cat([y, skip], 1))
        return self.head(y)


def dice(p, g):
    return 1 - (2 * (p * g).sum() + 1e-5) / ((p * p).sum() + (g * g).sum() + 1e-5)


def loss_of(logits, target):
    p = torch.sigmoid(logits)
    return 0.5 * F.binary_cross_entropy_with_logits(logits, target) + 0.25 * (dice(p, target) + dice(1 - p, 1 - target))


def peer_name(name):
    """The peer's name of a parameter: there a convolution, its normalisation and the ReLU are three parts, not two."""
    parts = name.split(".")
    if parts[0] == "decoder":
        k = int(parts[2])
        parts[2] = str(k // 2 * 3 + k % 2)
    return ".".join(parts)


def as_peer(name, value):
    """height x width x I x O to O x I x height x width; I x O to O x I."""
    if name.endswith("weight") and value.dim() == 4:
        return value.permute(3, 2, 0, 1)
    return value.t() if name.endswith("weight") and value.dim() == 2 else value


def check(file, size):
    given = {name: value.double() for name, value in read(file).items()}
    # in double precision: the peer's own float32 gradients are off where a ReLU's input is within rounding of 0
    network = TransUNet(size, SMALL).double().eval()
    state = network.state_dict()
    for name, value in given.items():
        if name.startswith("weight/") and not name.endswith("passes"):
            name = name[len("weight/"):]
            state[peer_name(name)].copy_(as_peer(name, value))
    logits = network(given["patches"].permute(0, 3, 1, 2))
    expected = given["logits"].permute(0, 3, 1, 2)
    loss = loss_of(logits, given["target"].permute(0, 3, 1, 2))
    loss.backward()
    worst, where = 0.0, ""
    own = dict(network.named_parameters())
    for name, value in given.items():
        if name.startswith("gradient/"):
            name = name[len("gradient/"):]
            gradient = own.pop(peer_name(name)).grad
            if name.endswith("key.bias"):
                continue  # a key's bias moves all scores of a query alike, so its gradient is 0 but for rounding
            difference = ((gradient - as_peer(name, value)).abs().max() / gradient.abs().max()).item()
            if difference > worst:
                worst, where = difference, name
    assert not own, f"no gradients of {list(own)}"
    print(json.dumps(dict(largest_logit=expected.abs().max().item(),
                          largest_difference=(logits - expected).abs().max().item(),
                          loss_difference=abs(loss.item() - given["loss"].item()),
                          worst_gradient=where, relative_difference=worst)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--steps", type=int, default=15)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--channels-last", type=int, default=1)
    parser.add_argument("--check", metavar="FILE")
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    if a.check:
        check(a.check, a.size)
        return
    layout = torch.channels_last if a.channels_last else torch.contiguous_format
    network = TransUNet(a.size, SMALL).to(memory_format=layout)
    patches = torch.rand(a.batch, 3, a.size, a.size).to(memory_format=layout)
    target = (torch.rand(a.batch, 1, a.size, a.size) > 0.5).float()
    optimiser = torch.optim.SGD(network.parameters(), 0.01, momentum=0.9, weight_decay=1e-4)
    whole = []
    for step in range(a.steps + WARM_UP):
        if step == WARM_UP:
            processor = time.process_time()
        start = time.perf_counter()
        optimiser.zero_grad(set_to_none=True)
        loss = loss_of(network(patches), target)
        loss.backward()
        optimiser.step()
        whole.append(time.perf_counter() - start)
    processor = (time.process_time() - processor) / a.steps
    whole = sorted(whole[WARM_UP:])
    print(json.dumps(dict(peer="torch " + torch.__version__, network="transunet-small", channels_last=a.channels_last,
                          threads=a.threads, size=a.size, batch=a.batch,
                          parameters=sum(p.numel() for p in network.parameters()),
                          ms=round(whole[len(whole) // 2] * 1e3, 2), cpu_ms=round(processor * 1e3, 2),
                          loss=round(loss.item(), 6))), flush=True)


if __name__ == "__main__":
    main()
