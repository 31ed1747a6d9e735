#!/usr/bin/python3
"""PyTorch peers of the U-Net, PraNet and Res2UNet, SwIPE's discrete rivals (needs python3-torch).

--time as in swipe.py, of the presets of slidefield.swipe.RivalSettings: the loss is that of all maps. --check FILE computes again, in double precision, what slidefield.swipe.RivalPeerTest wrote there: all maps of a network in
training, the sum of their binary cross-entropies and its gradients. Prints the largest differences as one JSON line.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

import timing
from agreement import load, read, worst_gradient
from swipe import Backbone, Normalised, Rfb, occupancy
from unet import Network

RES2NET50 = dict(stem=32, blocks=(3, 4, 6, 3), planes=(64, 128, 256, 512), expansion=4)
SMALL = dict(stem=8, blocks=(1, 1, 1, 1), planes=(8, 16, 32, 64), expansion=4)


def twice(x):
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)


def resized(x, factor):
    return F.interpolate(x, scale_factor=factor, mode="bilinear", align_corners=False)


class PartialDecoder(nn.Module):
    def __init__(self, c):
        super().__init__()
        for name in ("coarse_into_middle", "coarse_into_fine", "middle_into_fine", "coarse_beside_middle"):
            setattr(self, name, Normalised(c, c, 3, relu=False))
        self.middle_beside_fine = Normalised(2 * c, 2 * c, 3, relu=False)
        self.join_middle = Normalised(2 * c, 2 * c, 3, relu=False)
        self.join_fine, self.last = (Normalised(3 * c, 3 * c, 3, relu=False) for _ in range(2))
        self.out = nn.Conv2d(3 * c, 1, 1)

    def forward(self, coarse, middle, fine):
        x2 = self.coarse_into_middle(twice(coarse)) * middle
        x3 = self.coarse_into_fine(twice(twice(coarse))) * self.middle_into_fine(twice(middle)) * fine
        x2 = self.join_middle(torch.cat([x2, self.coarse_beside_middle(twice(coarse))], 1))
        x3 = self.join_fine(torch.cat([x3, self.middle_beside_fine(twice(x2))], 1))
        return self.out(self.last(x3))


class Reverse(nn.Module):
    def __init__(self, i, wide, taps, depth, out_taps):
        super().__init__()
        layers = [Normalised(i, wide, 1, relu=False)] + [Normalised(wide, wide, taps) for _ in range(depth)]
        self.look = nn.Sequential(*layers, Normalised(wide, 1, out_taps, relu=False))

    def forward(self, x, answer):
        return self.look((1 - torch.sigmoid(answer)).expand_as(x) * x) + answer


class PraNet(nn.Module):
    def __init__(self, sizes, channels, deep, shallow):
        super().__init__()
        self.backbone = Backbone(sizes)
        wide = [sizes["expansion"] * p for p in sizes["planes"]]
        for n in (1, 2, 3):
            setattr(self, f"look{n + 2}", Rfb(wide[n], channels, ("near", "middle", "far", "farthest")))
        self.decoder = PartialDecoder(channels)
        self.reverse5 = Reverse(wide[3], deep, 5, 3, 1)
        self.reverse4 = Reverse(wide[2], shallow, 3, 2, 3)
        self.reverse3 = Reverse(wide[1], shallow, 3, 2, 3)

    def forward(self, x):
        _, f3, f4, f5 = self.backbone(x)
        first = self.decoder(self.look5(f5), self.look4(f4), self.look3(f3))
        a = self.reverse5(f5, resized(first, 0.25))
        b = self.reverse4(f4, resized(a, 2))
        c = self.reverse3(f3, resized(b, 2))
        return resized(c, 8), resized(b, 16), resized(a, 32), resized(first, 8)


class UpJoin(nn.Module):
    def __init__(self, coarse, beside, o):
        super().__init__()
        self.coarse, self.beside = Normalised(coarse, o, 1, relu=False), Normalised(beside, o, 1, relu=False)
        self.join = Normalised(o, o, 3)

    def forward(self, coarse, beside):
        return self.join(F.relu(self.coarse(twice(coarse)) + self.beside(beside)))


class Res2UNet(nn.Module):
    def __init__(self, sizes, widths, head):
        super().__init__()
        self.backbone = Backbone(sizes)
        maps = [2 * sizes["stem"]] + [sizes["expansion"] * p for p in sizes["planes"]]
        below = maps[4]
        for k, o in enumerate(widths):
            setattr(self, f"up{k}", UpJoin(below, maps[3 - k], o))
            below = o
        self.head, self.out = Normalised(below, head, 3), nn.Conv2d(head, 1, 1)

    def forward(self, x):
        *maps, x = self.backbone.with_stem(x)
        for k in range(4):
            x = getattr(self, f"up{k}")(x, maps[3 - k])
        return (self.out(twice(self.head(x))),)


class Unet(Network):
    def __init__(self, base):
        super().__init__(base, [1], None, False, 4)

    def forward(self, x):
        return (super().forward([x]),)


NETWORKS = {
    "unet": lambda: Unet(64),
    "unet-teaching": lambda: Unet(8),
    "pranet": lambda: PraNet(RES2NET50, 32, 256, 64),
    "pranet-teaching": lambda: PraNet(SMALL, 8, 32, 8),
    "res2unet": lambda: Res2UNet(RES2NET50, (256, 128, 64, 64), 32),
    "res2unet-teaching": lambda: Res2UNet(SMALL, (32, 16, 8, 8), 8),
}
SMALL_WORK = timing.Work(8, 300, 128, 2e-3)
WORK = {
    "unet": timing.Work(12, 1000, 384, 7.5e-4),
    "pranet": timing.Work(16, 1000, 384, 1e-3),
    "res2unet": timing.Work(16, 1000, 384, 1e-3),
    **{name: SMALL_WORK for name in ("unet-teaching", "pranet-teaching", "res2unet-teaching")},
}


def check(file, name):
    given = {key: value.double() for key, value in read(file).items()}
    network = NETWORKS[name]().double().train()
    load(network, given)
    maps = network(given["images"].permute(0, 3, 1, 2))
    target = given["target"].permute(0, 3, 1, 2)
    loss = sum(F.binary_cross_entropy_with_logits(m, target) for m in maps)
    loss.backward()
    differences, largest = [], []
    for k, found in enumerate(maps):
        found = found.permute(0, 2, 3, 1)
        differences.append((found - given[f"map{k}"]).abs().max().item())
        largest.append(found.abs().max().item())
    worst, where = worst_gradient(network, given)
    return dict(parameters=sum(p.numel() for p in network.parameters()), maps=len(maps), differences=differences,
                largest=largest, loss_difference=abs(loss.item() - given["loss"].item()), worst_gradient=where,
                relative_difference=worst)


def of_pixels(maps, target, squared):
    """The sum of the maps' losses; target: classes of the pixels, images x height x width, for a coarser map the nearest."""
    loss = 0
    for logits in maps:
        wanted = target
        if logits.shape[2:] != target.shape[1:]:
            wanted = F.interpolate(target[:, None].float(), logits.shape[2:], mode="nearest-exact")[:, 0].long()
        loss = loss + occupancy(logits.permute(0, 2, 3, 1).reshape(-1, logits.shape[1]), wanted.flatten(), squared)
    return loss


def timed(name, a):
    network, squared = NETWORKS[name](), not name.endswith("-teaching")
    images = a.images(2 * torch.rand(a.batch, 3, a.size, a.size) - 1)
    target = torch.randint(2, (a.batch, a.size, a.size))
    return network, lambda: of_pixels(network(images), target, squared), lambda: network(images[:1])[0]


if __name__ == "__main__":
    timing.main(__doc__, {name: (work, lambda a, name=name: timed(name, a)) for name, work in WORK.items()},
                {name: lambda file, name=name: check(file, name) for name in NETWORKS if not name.startswith("unet")})
