#!/usr/bin/python3
"""PyTorch peer of SwIPE's training step, for side-by-side timing on one machine (needs python3-torch).

The released 2-D model, or the small one of slidefield.swipe.SwipeOptions: encoder, both decoders, overreach into neighbouring
patches, 0.5 (patch + image) + 0.1 overreach of 0.5 cross-entropy + 0.5 Dice each, backward, AdamW without decay. Prints one
JSON line: the median of the timed steps and their mean processor time. --check FILE instead computes again, in double
precision, what slidefield.swipe.SwipeBenchmark --check wrote there, and prints the largest differences.

Side by side, from the repository's root, in turn and several times:
  /usr/bin/python3 environment/peer/swipe.py --preset released --size 128 --batch 2 --points 1000
  java -cp target/test-classes:target/classes:$(cat target/class-path.txt) slidefield.swipe.SwipeBenchmark \\
      --preset released --size 128 --batch 2 --points 1000
"""
import argparse
import json
import struct
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

WARM_UP = 5
PATCH = 32
PRESETS = {
    "released": dict(stem=32, blocks=(2, 2, 2, 2), planes=(64, 80, 96, 128), width=64, embedding=256, squeeze=16,
                     patch=(256, 256, 256), image=(256, 128), dropout=0.1, occurrences=8),
    "small": dict(stem=8, blocks=(1, 1, 1, 1), planes=(16, 20, 24, 32), width=16, embedding=32, squeeze=4,
                  patch=(64, 64, 64), image=(64, 32), dropout=0.1, occurrences=2),
}
OFFSETS = torch.tensor([[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, 1], [1, -1], [-1, -1]])


class Normalised(nn.Module):
    def __init__(self, i, o, kernel, stride=1, dilation=1, relu=True):
        super().__init__()
        kernel = (kernel, kernel) if isinstance(kernel, int) else kernel
        padding = tuple(dilation * (k - 1) // 2 for k in kernel)
        self.conv = nn.Conv2d(i, o, kernel, stride, padding, dilation, bias=False)
        self.norm, self.relu = nn.BatchNorm2d(o), relu

    def forward(self, x):
        x = self.norm(self.conv(x))
        return F.relu(x, inplace=True) if self.relu else x


class Block(nn.Module):
    """Res2Net's residual block v1b."""

    def __init__(self, i, planes, stride, first, expansion=2):
        super().__init__()
        self.width, self.first, o = planes * 26 // 64, first, expansion * planes
        self.reduce = Normalised(i, 4 * self.width, 1)
        for k in range(3):
            setattr(self, f"branch{k}", Normalised(self.width, self.width, 3, stride))
        self.pool = nn.AvgPool2d(3, stride, 1)
        self.expand = Normalised(4 * self.width, o, 1, relu=False)
        self.stride, self.shortcut = stride, None
        if stride != 1 or i != o:
            self.shortcut = Normalised(i, o, 1, relu=False)

    def forward(self, x):
        splits = torch.split(self.reduce(x), self.width, 1)
        parts = []
        for k in range(3):
            before = splits[k] if k == 0 or self.first else before + splits[k]
            before = getattr(self, f"branch{k}")(before)
            parts.append(before)
        parts.append(self.pool(splits[3]) if self.first else splits[3])
        y = self.expand(torch.cat(parts, 1))
        if self.shortcut is not None:
            x = self.shortcut(F.avg_pool2d(x, 2, 2) if self.stride == 2 else x)
        return F.relu(y + x)


class Backbone(nn.Module):
    def __init__(self, p):
        super().__init__()
        s = p["stem"]
        self.stem = nn.Sequential(Normalised(3, s, 3, 2), Normalised(s, s, 3), Normalised(s, 2 * s, 3))
        i, expansion = 2 * s, p.get("expansion", 2)
        for stage in range(4):
            blocks = []
            for k in range(p["blocks"][stage]):
                blocks.append(Block(i, p["planes"][stage], 2 if stage and not k else 1, k == 0, expansion))
                i = expansion * p["planes"][stage]
            setattr(self, f"stage{stage + 1}", nn.Sequential(*blocks))

    def forward(self, x):
        return self.with_stem(x)[1:]

    def with_stem(self, x):
        maps = [self.stem(x)]
        x = F.max_pool2d(maps[0], 3, 2, 1)
        for stage in range(4):
            x = getattr(self, f"stage{stage + 1}")(x)
            maps.append(x)
        return maps


class Rfb(nn.Module):
    def __init__(self, i, o, names=("near", "middle", "far")):
        super().__init__()
        self.names = names
        for n, name in enumerate(names):
            k = 2 * n + 1
            branch = [Normalised(i, o, 1, relu=False)]
            if n:
                branch += [Normalised(o, o, (1, k), relu=False), Normalised(o, o, (k, 1), relu=False),
                           Normalised(o, o, 3, dilation=k, relu=False)]
            setattr(self, name, nn.Sequential(*branch))
        self.join, self.shortcut = Normalised(len(names) * o, o, 3, relu=False), Normalised(i, o, 1, relu=False)

    def forward(self, x):
        return F.relu(self.join(torch.cat([getattr(self, name)(x) for name in self.names], 1)) + self.shortcut(x))


class Attention(nn.Module):
    def __init__(self, c, squeezed):
        super().__init__()
        self.squeeze, self.squeeze_norm = nn.Conv2d(c, squeezed, 1), nn.BatchNorm2d(squeezed)
        self.weigh = nn.Conv2d(4 * squeezed, 4, 1)

    def forward(self, scales):
        w = torch.cat([F.relu(self.squeeze_norm(self.squeeze(e))) for e in scales], 1)
        w = torch.softmax(self.weigh(w), 1)
        return sum(scales) + sum(w[:, n:n + 1] * e for n, e in enumerate(scales)), w


class Encoder(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.backbone = Backbone(p)
        for n in range(4):
            setattr(self, f"look{n + 2}", Rfb(2 * p["planes"][n], p["width"]))
        for n in range(4):
            setattr(self, f"embed{n + 2}", nn.Conv2d(p["width"], p["embedding"], 1))
        self.attention = Attention(p["embedding"], p["squeeze"])

    def forward(self, x):
        half = lambda y: F.avg_pool2d(y, 2, 2)
        f2, f3, f4, f5 = self.backbone(x)
        d8 = half(self.look2(f2))
        d16 = half(self.look3(f3) + d8)
        d32 = half(self.look4(f4) + d16)
        scales = [half(half(d8)), half(d16), d32, self.look5(f5) + d32]
        z, w = self.attention([getattr(self, f"embed{n + 2}")(e) for n, e in enumerate(scales)])
        return z, z.mean((2, 3)), w


class Decoder(nn.Module):
    def __init__(self, size, widths, dropout, classes=1):
        super().__init__()
        before, self.hidden, self.dropout = 0, len(widths), dropout
        for k, o in enumerate((*widths, classes)):
            setattr(self, f"layer{k}", nn.Linear(before + (size if k < 2 else 0), o))
            if k < self.hidden:
                setattr(self, f"norm{k}", nn.BatchNorm1d(o))
            before = o

    def forward(self, x):
        y = x
        for k in range(self.hidden + 1):
            y = getattr(self, f"layer{k}")(torch.cat([y, x], 1) if k == 1 else y)
            if k < self.hidden:
                y = F.relu(getattr(self, f"norm{k}")(y), inplace=True)
            if k < 2 and self.dropout:
                y = F.dropout(y, self.dropout, self.training)
        return y


def fourier(p):
    frequencies = 2 ** torch.linspace(0, 6, 6, dtype=p.dtype)
    return torch.cat([g for f in frequencies for g in (torch.sin(f * p), torch.cos(f * p))], 1)


class Swipe(nn.Module):
    def __init__(self, p):
        super().__init__()
        c = p["embedding"]
        self.encoder = Encoder(p)
        self.patch_decoder = Decoder(4 + 2 * c + 24, p["patch"], p["dropout"])
        self.image_decoder = Decoder(2 + c, p["image"], 0)
        self.occurrences = p["occurrences"]
        for decoder in (self.patch_decoder, self.image_decoder):
            for layer in decoder.children():
                if isinstance(layer, nn.Linear):
                    nn.init.trunc_normal_(layer.weight, std=0.02)
                    nn.init.zeros_(layer.bias)

    def ask(self, place, patch, z, image, size):
        """place: pixels (x, y) per point; patch: column and row of it; z: one row per point; image: z^I per point."""
        p = 2 * place / (size - 1) - 1
        local = p - (2 * (patch * PATCH + PATCH / 2) / (size - 1) - 1)
        features = fourier(local.to(z.dtype)).to(p.dtype)
        p, local, features = (v.to(z.dtype) for v in (p, local, features))
        return self.patch_decoder(torch.cat([p, image, local, z, features], 1))

    def forward(self, x, place, neighbours=None):
        """place: images x points x 2 in pixels; neighbours: rows of patches per repetition, drawn if None."""
        z, image, w = self.encoder(x)
        n, c, height, width = z.shape
        table = z.permute(0, 2, 3, 1).reshape(-1, c)
        size = torch.tensor([x.shape[3], x.shape[2]], dtype=place.dtype)
        grid = torch.tensor([width, height])
        number = torch.arange(n).repeat_interleave(place.shape[1])
        place = place.reshape(-1, 2)
        patch = (place / PATCH).floor().long()
        row = (number * height + patch[:, 1]) * width + patch[:, 0]
        images = image[number]
        own = self.ask(place, patch, table[row], images, size)
        whole = self.image_decoder(torch.cat([(2 * place / (size - 1) - 1).to(z.dtype), images], 1))
        o = self.occurrences
        again = lambda v: v.repeat_interleave(o, 0)
        if neighbours is None:
            beyond = again(patch) + OFFSETS[torch.randint(8, (len(row) * o,))]
            beyond = torch.where(beyond < 0, torch.clamp(grid - 1, max=1).expand_as(beyond), torch.minimum(beyond, grid - 1))
            neighbours = (again(number) * height + beyond[:, 1]) * width + beyond[:, 0]
        else:
            inside = neighbours % (height * width)
            beyond = torch.stack([inside % width, inside // width], 1)
        overreach = self.ask(again(place), beyond, table[neighbours], again(images), size)
        return own, whole, overreach, table[row], image, w


def dice(p, g):
    return 1 - (2 * (p * g).sum() + 1e-5) / ((p * p).sum() + (g * g).sum() + 1e-5)


def occupancy(logits, target):
    p = torch.sigmoid(logits)
    return 0.5 * F.binary_cross_entropy_with_logits(logits, target) + 0.25 * (dice(p, target) + dice(1 - p, 1 - target))


def loss_of(output, target, occurrences):
    own, whole, overreach, z, image, _ = output
    repeated = target.repeat_interleave(occurrences, 0)
    return (0.5 * occupancy(own, target) + 0.5 * occupancy(whole, target) + 0.1 * occupancy(overreach, repeated)
            + 1e-4 * ((z * z).mean() + (image * image).mean()))


def read(file):
    """The tensors of a safetensors file by name."""
    with open(file, "rb") as source:
        header = json.loads(source.read(struct.unpack("<Q", source.read(8))[0]))
        data = bytearray(source.read())
    kinds = {"F32": torch.float32, "F64": torch.float64}
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            tensors[name] = torch.frombuffer(data[begin:end], dtype=kinds[entry["dtype"]]).reshape(entry["shape"]).clone()
    return tensors


def as_peer(value, shape):
    """height x width x I x O to O x I x height x width, in a volume with a depth; I x O to O x I, perhaps of one tap."""
    if value.dim() >= 4:
        return value.permute(-1, -2, *range(value.dim() - 2))
    return value.t().reshape(shape) if value.dim() == 2 else value


def load(network, given):
    """The tensors named weight/... into the network."""
    state = network.state_dict()
    for name, value in given.items():
        if name.startswith("weight/"):
            own = state[name[len("weight/"):]]
            own.copy_(as_peer(value, own.shape))


def worst_gradient(network, given):
    """The largest relative difference from the tensors named gradient/..., and where."""
    worst, where = 0.0, ""
    own = dict(network.named_parameters())
    scale = max(parameter.grad.abs().max().item() for parameter in own.values())
    for name, value in given.items():
        if name.startswith("gradient/"):
            name = name[len("gradient/"):]
            gradient = own.pop(name).grad
            # a bias before a batch norm has no gradient but for rounding: compared with the largest of all
            size = max(gradient.abs().max().item(), 1e-3 * scale)
            difference = (gradient - as_peer(value, gradient.shape)).abs().max().item() / size
            if difference > worst:
                worst, where = difference, name
    assert not own, f"no gradients of {list(own)}"
    return worst, where


def check(file, preset):
    given = {name: value.double() for name, value in read(file).items()}
    # coordinates are float32 there whatever the network computes in
    points = given["points"].float()
    # in training, so with the batch's statistics; what dropout drops would be the peer's own, so the check is without
    network = Swipe(dict(PRESETS[preset], dropout=0)).double().train()
    load(network, given)
    output = network(given["images"].permute(0, 3, 1, 2), points, given["neighbours"].long())
    loss = loss_of(output, given["target"], network.occurrences)
    loss.backward()
    result = dict(parameters=sum(p.numel() for p in network.parameters()))
    for name, found in zip(("patch_logits", "image_logits", "overreach_logits", "z_patch", "z_image"), output):
        result[name] = dict(largest=found.abs().max().item(), difference=(found - given[name]).abs().max().item())
    result["loss_difference"] = abs(loss.item() - given["loss"].item())
    worst, where = worst_gradient(network, given)
    print(json.dumps(dict(result, worst_gradient=where, relative_difference=worst)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--preset", choices=sorted(PRESETS), default="released")
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--batch", type=int, default=2)
    parser.add_argument("--points", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=15)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--channels-last", type=int, default=1)
    parser.add_argument("--check", metavar="FILE")
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    if a.check:
        check(a.check, a.preset)
        return
    layout = torch.channels_last if a.channels_last else torch.contiguous_format
    network = Swipe(PRESETS[a.preset]).to(memory_format=layout)
    images = (2 * torch.rand(a.batch, 3, a.size, a.size) - 1).to(memory_format=layout)
    points = torch.rand(a.batch, a.points, 2) * (a.size - 1)
    target = (torch.rand(a.batch * a.points, 1) > 0.5).float()
    optimiser = torch.optim.AdamW(network.parameters(), 5e-4, weight_decay=0)
    whole = []
    for step in range(a.steps + WARM_UP):
        if step == WARM_UP:
            processor = time.process_time()
        start = time.perf_counter()
        optimiser.zero_grad(set_to_none=True)
        loss = loss_of(network(images, points), target, network.occurrences)
        loss.backward()
        optimiser.step()
        whole.append(time.perf_counter() - start)
    processor = (time.process_time() - processor) / a.steps
    whole = sorted(whole[WARM_UP:])
    print(json.dumps(dict(peer="torch " + torch.__version__, network="swipe-" + a.preset, channels_last=a.channels_last,
                          threads=a.threads, size=a.size, batch=a.batch, points=a.points,
                          parameters=sum(p.numel() for p in network.parameters()),
                          ms=round(whole[len(whole) // 2] * 1e3, 2), cpu_ms=round(processor * 1e3, 2),
                          loss=round(loss.item(), 6))), flush=True)


if __name__ == "__main__":
    main()
