#!/usr/bin/python3
"""PyTorch peer of the networks of volumes, for side-by-side timing on one machine (needs python3-torch).

The 3-D SwIPE of slidefield.swipe.volume.VolumeSwipeOptions (paper or small) or the 3-D U-Net: forward, loss, backward, AdamW
without decay. SwIPE's loss is 0.5 (patch + volume) + 0.1 overreach of 0.5 cross-entropy + 0.5 Dice each and 1e-4 of the
embeddings' squares, the U-Net's 0.5 cross-entropy + 0.5 Dice over all voxels. Prints one JSON line: the median of the timed
steps and their mean processor time. --check FILE instead computes again, in double precision, what
slidefield.swipe.volume.VolumeBenchmark --check wrote there, and prints the largest differences.

Side by side, from the repository's root, in turn and several times:
  /usr/bin/python3 environment/peer/swipe3d.py --network swipe --preset paper --size 64 --batch 1 --points 1000
  java -cp target/test-classes:target/classes:$(cat target/class-path.txt) slidefield.swipe.volume.VolumeBenchmark \\
      --network swipe --preset paper --size 64 --batch 1 --points 1000
"""
import argparse
import json
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

from swipe import Decoder, load, read, worst_gradient

WARM_UP = 3
PATCH = 8
SWIPE = {
    "paper": dict(stem=32, blocks=(3, 4, 6, 3), planes=(64, 80, 96, 128), width=16, embedding=512, squeeze=16, step=32,
                  patch=(256, 256, 256, 256), image=(256, 256, 128), dropout=0.1, occurrences=8, classes=14),
    "small": dict(stem=8, blocks=(1, 1, 1, 1), planes=(16, 20, 24, 32), width=8, embedding=32, squeeze=4, step=8,
                  patch=(64, 64, 64), image=(64, 32), dropout=0.1, occurrences=2, classes=3),
}
UNET = {"paper": dict(base=32, levels=4, classes=14), "small": dict(base=8, levels=4, classes=3)}
OFFSETS = torch.tensor([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]])


class Normalised(nn.Module):
    """kernel: one number, or depth, height and width."""

    def __init__(self, i, o, kernel, stride=1, dilation=1, relu=True):
        super().__init__()
        kernel = (kernel,) * 3 if isinstance(kernel, int) else kernel
        padding = tuple(dilation * (k - 1) // 2 for k in kernel)
        self.conv = nn.Conv3d(i, o, kernel, stride, padding, dilation, bias=False)
        self.norm, self.relu = nn.BatchNorm3d(o), relu

    def forward(self, x):
        x = self.norm(self.conv(x))
        return F.relu(x, inplace=True) if self.relu else x


class Block(nn.Module):
    """Res2Net's residual block v1b."""

    def __init__(self, i, planes, stride, first):
        super().__init__()
        self.width, self.first = planes * 26 // 64, first
        self.reduce = Normalised(i, 4 * self.width, 1)
        for k in range(3):
            setattr(self, f"branch{k}", Normalised(self.width, self.width, 3, stride))
        self.pool = nn.AvgPool3d(3, stride, 1)
        self.expand = Normalised(4 * self.width, 2 * planes, 1, relu=False)
        self.stride, self.shortcut = stride, None
        if stride != 1 or i != 2 * planes:
            self.shortcut = Normalised(i, 2 * planes, 1, relu=False)

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
            x = self.shortcut(F.avg_pool3d(x, 2, 2) if self.stride == 2 else x)
        return F.relu(y + x)


class Backbone(nn.Module):
    def __init__(self, p):
        super().__init__()
        s = p["stem"]
        self.stem = nn.Sequential(Normalised(1, s, 3, 2), Normalised(s, s, 3), Normalised(s, 2 * s, 3))
        i = 2 * s
        for stage in range(4):
            blocks = []
            for k in range(p["blocks"][stage]):
                blocks.append(Block(i, p["planes"][stage], 2 if stage and not k else 1, k == 0))
                i = 2 * p["planes"][stage]
            setattr(self, f"stage{stage + 1}", nn.Sequential(*blocks))

    def forward(self, x):
        x = F.max_pool3d(self.stem(x), 3, 2, 1)
        maps = []
        for stage in range(4):
            x = getattr(self, f"stage{stage + 1}")(x)
            maps.append(x)
        return maps


class Rfb(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.near = nn.Sequential(Normalised(i, o, 1, relu=False))
        self.middle, self.far = (nn.Sequential(Normalised(i, o, 1, relu=False),
                                               Normalised(o, o, (1, 1, k), relu=False),
                                               Normalised(o, o, (1, k, 1), relu=False),
                                               Normalised(o, o, (k, 1, 1), relu=False),
                                               Normalised(o, o, 3, dilation=k, relu=False)) for k in (3, 5))
        self.join, self.shortcut = Normalised(3 * o, o, 3, relu=False), Normalised(i, o, 1, relu=False)

    def forward(self, x):
        return F.relu(self.join(torch.cat([self.near(x), self.middle(x), self.far(x)], 1)) + self.shortcut(x))


class Attention(nn.Module):
    def __init__(self, c, squeezed):
        super().__init__()
        self.squeeze, self.squeeze_norm = nn.Conv3d(c, squeezed, 1), nn.BatchNorm3d(squeezed)
        self.weigh = nn.Conv3d(4 * squeezed, 4, 1)

    def forward(self, scales):
        w = torch.cat([F.relu(self.squeeze_norm(self.squeeze(e))) for e in scales], 1)
        w = torch.softmax(self.weigh(w), 1)
        return sum(scales) + sum(w[:, n:n + 1] * e for n, e in enumerate(scales))


class Encoder(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.backbone, self.step = Backbone(p), p["step"]
        for n in range(4):
            setattr(self, f"look{n + 2}", Rfb(2 * p["planes"][n], p["width"]))
        for n in range(4):
            setattr(self, f"embed{n + 2}", nn.Conv3d(p["width"], p["embedding"], 1))
        self.attention = Attention(p["embedding"], p["squeeze"])

    def forward(self, x):
        half = lambda y: F.avg_pool3d(y, 2, 2)
        f2, f3, f4, f5 = self.backbone(x)
        d8 = half(self.look2(f2))
        d16 = half(self.look3(f3) + d8)
        d32 = half(self.look4(f4) + d16)
        a32 = self.look5(f5) + d32
        at = 8
        while at < self.step:
            d8, at = half(d8), 2 * at
        d16 = half(d16) if self.step > 16 else d16
        scales = [getattr(self, f"embed{n + 2}")(e) for n, e in enumerate((d8, d16, d32, a32))]
        last = scales[3]
        grid = [side // PATCH for side in x.shape[2:]]
        scales = [e if list(e.shape[2:]) == grid else F.interpolate(e, grid, mode="trilinear", align_corners=False)
                  for e in scales]
        return self.attention(scales), last.mean((2, 3, 4))


class Swipe(nn.Module):
    def __init__(self, p):
        super().__init__()
        c = p["embedding"]
        self.encoder = Encoder(p)
        self.patch_decoder = Decoder(9 + 2 * c, p["patch"], p["dropout"], p["classes"])
        self.image_decoder = Decoder(3 + c, p["image"], 0, p["classes"])
        self.occurrences = p["occurrences"]
        for decoder in (self.patch_decoder, self.image_decoder):
            for layer in decoder.children():
                if isinstance(layer, nn.Linear):
                    nn.init.trunc_normal_(layer.weight, std=0.02)
                    nn.init.zeros_(layer.bias)

    def ask(self, place, source, patch, z, volume, size):
        """place: voxels (x, y, z) per point; source: p^S; patch: its place in the grid; z: one row per point."""
        p = 2 * place / (size - 1) - 1
        local = p - (2 * (patch * PATCH + PATCH / 2) / (size - 1) - 1)
        p, local, source = (v.to(z.dtype) for v in (p, local, source))
        return self.patch_decoder(torch.cat([p, volume, local, z, source], 1))

    def forward(self, x, place, source, neighbours=None):
        """place: crops x points x 3 in voxels; source: as many p^S; neighbours: rows of patches per repetition."""
        z, volume = self.encoder(x)
        n, c = z.shape[:2]
        table = z.permute(0, 2, 3, 4, 1).reshape(-1, c)
        size = torch.tensor([x.shape[4], x.shape[3], x.shape[2]], dtype=place.dtype)
        grid = torch.tensor([z.shape[4], z.shape[3], z.shape[2]])
        steps = torch.tensor([1, grid[0], grid[0] * grid[1]])
        count = int(grid.prod())
        number = torch.arange(n).repeat_interleave(place.shape[1])
        place, source = place.reshape(-1, 3), source.reshape(-1, 3)
        patch = (place / PATCH).floor().long()
        row = number * count + (patch * steps).sum(1)
        volumes = volume[number]
        own = self.ask(place, source, patch, table[row], volumes, size)
        whole = self.image_decoder(torch.cat([(2 * place / (size - 1) - 1).to(z.dtype), volumes], 1))
        o = self.occurrences
        again = lambda v: v.repeat_interleave(o, 0)
        if neighbours is None:
            beyond = again(patch) + OFFSETS[torch.randint(6, (len(row) * o,))]
            beyond = torch.where(beyond < 0, torch.clamp(grid - 1, max=1).expand_as(beyond), torch.minimum(beyond, grid - 1))
            neighbours = again(number) * count + (beyond * steps).sum(1)
        else:
            inside = neighbours % count
            beyond = torch.stack([inside % grid[0], inside // grid[0] % grid[1], inside // steps[2]], 1)
        overreach = self.ask(again(place), again(source), beyond, table[neighbours], again(volumes), size)
        return own, whole, overreach, table[row], volume


class Unet(nn.Module):
    def __init__(self, p):
        super().__init__()
        two = lambda i, m, o: nn.Sequential(Normalised(i, m, 3), Normalised(m, o, 3))
        i, self.levels = 1, p["levels"]
        for level in range(self.levels):
            o = 2 * p["base"] << level
            setattr(self, f"down{level}", two(i, o // 2, o))
            i = o
        for level in reversed(range(self.levels - 1)):
            o = 2 * p["base"] << level
            setattr(self, f"up{level}", two(i + o, o, o))
            i = o
        self.output = nn.Conv3d(i, p["classes"], 1)

    def forward(self, x):
        maps = []
        for level in range(self.levels):
            x = getattr(self, f"down{level}")(F.max_pool3d(x, 2) if maps else x)
            maps.append(x)
        for level in reversed(range(self.levels - 1)):
            x = getattr(self, f"up{level}")(torch.cat([F.interpolate(x, scale_factor=2), maps[level]], 1))
        return self.output(x)


def occupancy(logits, target):
    """Half cross-entropy, half the mean over the classes of 1 - (2 sum(o p) + 1) / (sum(o^2) + sum(p^2) + 1)."""
    p, g = torch.softmax(logits, 1), F.one_hot(target, logits.shape[1]).to(logits.dtype)
    dice = 1 - (2 * (p * g).sum(0) + 1) / ((p * p).sum(0) + (g * g).sum(0) + 1)
    return 0.5 * F.cross_entropy(logits, target) + 0.5 * dice.mean()


def swipe_loss(output, target, occurrences):
    own, whole, overreach, z, volume = output
    repeated = target.repeat_interleave(occurrences, 0)
    return (0.5 * occupancy(own, target) + 0.5 * occupancy(whole, target) + 0.1 * occupancy(overreach, repeated)
            + 1e-4 * ((z * z).sum(1).mean() + (volume * volume).sum(1).mean()))


def voxel_rows(logits):
    return logits.permute(0, 2, 3, 4, 1).reshape(-1, logits.shape[1])


def build(kind, preset, dropout=None):
    if kind == "unet":
        return Unet(UNET[preset])
    return Swipe(SWIPE[preset] if dropout is None else dict(SWIPE[preset], dropout=dropout))


def check(file, kind, preset):
    given = {name: value.double() for name, value in read(file).items()}
    # in training, so with the batch's statistics; what dropout drops would be the peer's own, so the check is without
    network = build(kind, preset, 0).double().train()
    load(network, given)
    crops, target = given["crops"].permute(0, 4, 1, 2, 3), given["target"].long()
    if kind == "unet":
        output = (voxel_rows(network(crops)),)
        names, loss = ("logits",), occupancy(output[0], target)
    else:
        # coordinates are float32 there whatever the network computes in
        output = network(crops, given["points"].float(), given["source"].float(), given["neighbours"].long())
        names = ("patch_logits", "image_logits", "overreach_logits", "z_patch", "z_image")
        loss = swipe_loss(output, target, network.occurrences)
    loss.backward()
    result = dict(parameters=sum(p.numel() for p in network.parameters()))
    for name, found in zip(names, output):
        result[name] = dict(largest=found.abs().max().item(), difference=(found - given[name]).abs().max().item())
    result["loss_difference"] = abs(loss.item() - given["loss"].item())
    worst, where = worst_gradient(network, given)
    print(json.dumps(dict(result, worst_gradient=where, relative_difference=worst)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--network", choices=("swipe", "unet"), default="swipe")
    parser.add_argument("--preset", choices=sorted(SWIPE), default="paper")
    parser.add_argument("--size", type=int, default=64)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--points", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--check", metavar="FILE")
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    if a.check:
        check(a.check, a.network, a.preset)
        return
    network = build(a.network, a.preset)
    classes = (SWIPE if a.network == "swipe" else UNET)[a.preset]["classes"]
    optimiser = torch.optim.AdamW(network.parameters(), lr=7.5e-4, weight_decay=0)
    crops = torch.rand(a.batch, 1, a.size, a.size, a.size)
    place = torch.rand(a.batch, a.points, 3) * (a.size - 1)
    source = torch.rand(a.batch, a.points, 3) * 2 - 1
    target = torch.randint(classes, (a.batch * (a.points if a.network == "swipe" else a.size ** 3),))

    def step():
        optimiser.zero_grad(set_to_none=True)
        if a.network == "unet":
            loss = occupancy(voxel_rows(network(crops)), target)
        else:
            loss = swipe_loss(network(crops, place, source), target, network.occurrences)
        loss.backward()
        optimiser.step()
        return loss.item()

    for _ in range(WARM_UP):
        step()
    times, cpu = [], time.process_time()
    for _ in range(a.steps):
        start = time.perf_counter()
        loss = step()
        times.append((time.perf_counter() - start) * 1e3)
    cpu = (time.process_time() - cpu) * 1e3 / a.steps
    print(json.dumps(dict(network=f"{a.network}-{a.preset}", torch=torch.__version__, threads=a.threads, size=a.size,
                          batch=a.batch, points=a.points, parameters=sum(p.numel() for p in network.parameters()),
                          ms=round(sorted(times)[len(times) // 2], 2), cpu_ms=round(cpu, 2), loss=round(loss, 6))))


if __name__ == "__main__":
    main()
