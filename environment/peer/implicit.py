#!/usr/bin/python3
"""PyTorch peers of OSSNet and IOSNet, SwIPE's implicit rivals, and of what takes the place of its parts in Table 3
(needs python3-torch).

--time as in swipe.py, of the presets of slidefield.swipe.RivalSettings. --check FILE computes again, in double precision, what slidefield.swipe.ImplicitPeerTest wrote there: all that a network in
training gives for images and points, the sum of the mean squares of it and its gradients. Prints the largest differences as
one JSON line.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

import timing
from agreement import load, read, worst_gradient
from rivals import SMALL_WORK, of_pixels
from swipe import TEACHING, Backbone, Encoder, Normalised, occupancy


def normalised(x, place):
    """p^I, float32 whatever the network computes in."""
    return (2 * place.float() / (torch.tensor([x.shape[3], x.shape[2]]) - 1) - 1).to(x.dtype)


def linear(i, o, bias=True):
    return nn.Linear(i, o, bias=bias)


class IosNet(nn.Module):
    """Khan and Fang 2022, as SwIPE's released code has it: what the convolutions give before their normalisation."""

    def __init__(self, sizes, widths):
        super().__init__()
        self.backbone, self.seen = Backbone(sizes), []
        stages = [getattr(self.backbone, f"stage{k}")[-1].expand for k in (1, 2, 3, 4)]
        for part in (self.backbone.stem[2], *stages):
            part.conv.register_forward_hook(lambda module, given, found: self.seen.append(found))
        maps = [3, 2 * sizes["stem"]] + [2 * p for p in sizes["planes"]]
        widths = [sum(maps) + maps[-1] + 2, *widths, 1]
        self.perceptron = nn.ModuleList(linear(i, o) for i, o in zip(widths, widths[1:]))

    def forward(self, x, place):
        return [self.answer(self.encode(x), place)]

    def encode(self, x):
        self.seen.clear()
        self.backbone(x)
        return [x, *self.seen]

    def answer(self, maps, place):
        x = maps[0]
        p = normalised(x, place)
        features = [self.look_up(m, place, x) for m in maps]
        mean = maps[-1].mean((2, 3))[:, None].expand(-1, p.shape[1], -1)
        y = torch.cat([*features, mean, p], 2).flatten(0, 1)
        for layer in self.perceptron[:-1]:
            y = F.relu(layer(y))
        return self.perceptron[-1](y)

    @staticmethod
    def look_up(m, place, x):
        """p^I of the first pixel's centre is taken for the edge of the map."""
        wide, narrow = (torch.tensor([v.shape[3], v.shape[2]]) for v in (x, m))
        # in pixels of the map, float32 whatever the network computes in, and from there to what PyTorch wants
        pixels = (place * narrow / (wide - 1) - 0.5).float().to(m.dtype)
        return F.grid_sample(m, ((2 * pixels + 1) / narrow - 1)[:, None], align_corners=False)[:, :, 0].transpose(1, 2)


class EncoderBlock(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.first, self.second = Normalised(i, o, 3), Normalised(o, o, 3, relu=False)
        self.shortcut = nn.Identity() if i == o else nn.Conv2d(i, o, 1, bias=False)

    def forward(self, x):
        return F.relu(self.second(F.avg_pool2d(self.first(x), 2)) + F.avg_pool2d(self.shortcut(x), 2))


class OssEncoder(nn.Module):
    def __init__(self, channels, grid, vectors):
        super().__init__()
        self.grid, self.count, i = grid, len(channels), 3
        for k, o in enumerate(channels):
            setattr(self, f"block{k}", EncoderBlock(i, o))
            setattr(self, f"skip{k}", Normalised(o, o // 2, 5))
            i = o
        self.join = nn.Sequential(nn.Conv2d(sum(c // 2 for c in channels), vectors, 5, padding=2), nn.BatchNorm2d(vectors))
        self.segment = nn.Conv2d(i, 1, 5, padding=2, bias=False)

    def forward(self, x):
        seen = []
        for k in range(self.count):
            x = getattr(self, f"block{k}")(x)
            seen.append(getattr(self, f"skip{k}")(F.adaptive_max_pool2d(x, self.grid)))
        return F.relu(self.join(torch.cat(seen, 1))).flatten(2), self.segment(x)


class ConditionalNorm(nn.Module):
    def __init__(self, features, latent, shared):
        super().__init__()
        self.shared, self.norm = shared, nn.BatchNorm1d(1 if shared else features, affine=False)
        self.gamma, self.beta = linear(latent, features), linear(latent, features)

    def forward(self, x, z):
        y = self.norm(x[:, None])[:, 0] if self.shared else self.norm(x)
        times = len(x) // len(z)
        return self.gamma(z).repeat_interleave(times, 0) * y + self.beta(z).repeat_interleave(times, 0)


class DecoderBlock(nn.Module):
    def __init__(self, i, o, latent, shared):
        super().__init__()
        self.first, self.second = linear(i, o), linear(o, o)
        self.first_norm, self.second_norm = (ConditionalNorm(o, latent, shared) for _ in range(2))
        self.shortcut = nn.Identity() if i == o else linear(i, o)

    def forward(self, x, z):
        y = F.relu(self.first_norm(self.first(x), z))
        return F.relu(self.second_norm(self.second(y), z) + self.shortcut(x))


class PatchCode(nn.Module):
    def __init__(self, side, mid_range):
        super().__init__()
        self.side, self.mid_range, c = side, mid_range, 6 if mid_range else 3
        self.layers = nn.Sequential(nn.Conv2d(c, c // 2, side, padding=side // 2), nn.Conv2d(c // 2, 1, side, padding=side // 2))

    def forward(self, x, place):
        y = self.patches(x, place, self.side // 2, self.side)
        if self.mid_range:
            y = torch.cat([y, F.max_pool2d(self.patches(x, place, self.side, 2 * self.side), 2)], 1)
        return F.relu(self.layers[1](F.relu(self.layers[0](y)))).flatten(1)

    @staticmethod
    def patches(x, place, before, size):
        steps = torch.arange(float(size))
        offsets = torch.stack([steps.repeat(size), steps.repeat_interleave(size)], 1)
        # float32 whatever the network computes in
        pixels = (place[:, :, None].float() + offsets - before).flatten(1, 2).to(x.dtype)
        # aligned corners: whole numbers of pixels are their centres
        p = 2 * pixels / (torch.tensor([x.shape[3], x.shape[2]]) - 1) - 1
        found = F.grid_sample(x, p[:, None], align_corners=True)[:, :, 0]
        return found.reshape(len(x), 3, -1, size, size).transpose(1, 2).flatten(0, 1)


class OssNet(nn.Module):
    """Reich et al. 2021 in two dimensions."""

    def __init__(self, channels, grid, side, mid_range, width, blocks, shared):
        super().__init__()
        self.encoder, self.count = OssEncoder(channels, grid, blocks + 1), blocks
        self.patch_code, i = PatchCode(side, mid_range), 2 + side * side + grid * grid
        for k in range(blocks):
            setattr(self, f"block{k}", DecoderBlock(i, width, grid * grid, shared))
            i = width
        self.out = linear(i, 1, bias=False)

    def forward(self, x, place):
        codes = self.encode(x)
        return [self.answer(codes, place), codes[2].permute(0, 2, 3, 1)]

    def encode(self, x):
        return [x, *self.encoder(x)]

    def answer(self, codes, place):
        x, z, _ = codes
        p = normalised(x, place)
        y = torch.cat([p.flatten(0, 1), self.patch_code(x, place), z[:, 0].repeat_interleave(p.shape[1], 0)], 1)
        for k in range(self.count):
            y = getattr(self, f"block{k}")(y, z[:, k + 1])
        return self.out(y)


class SelfAttention(nn.Module):
    def __init__(self, c, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (linear(c, c, bias=False) for _ in range(3))
        self.out = linear(c, c)

    def forward(self, x):
        q, k, v = (m(x).unflatten(2, (self.heads, -1)).transpose(1, 2) for m in (self.query, self.key, self.value))
        shares = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(q.shape[-1]), -1)
        return self.out((shares @ v).transpose(1, 2).flatten(2))


def positions(count, c):
    channel = torch.arange(c)
    angle = torch.arange(count).double()[:, None] / 10000 ** ((channel - channel % 2).double() / c)
    # float32 there whatever the network computes in
    return torch.where(channel % 2 == 0, torch.sin(angle), torch.cos(angle)).float().double()


class ScaleSelfAttention(nn.Module):
    def __init__(self, c, hidden):
        super().__init__()
        self.squeeze, self.squeeze_norm = nn.Conv2d(c, hidden, 1, bias=False), nn.BatchNorm2d(hidden)
        self.token, self.norm = nn.Parameter(torch.zeros(1, hidden)), nn.LayerNorm(hidden)
        self.attention, self.out = SelfAttention(hidden, 2), nn.Conv2d(hidden, c, 1)

    def forward(self, scales):
        x = torch.stack([F.relu(self.squeeze_norm(self.squeeze(e))) for e in scales], 1)
        n, count, c, h, w = x.shape
        x = x.permute(0, 3, 4, 1, 2).reshape(-1, count, c) + positions(count, c)
        x = torch.cat([self.token.expand(len(x), 1, c), x], 1)
        x = self.attention(self.norm(x))[:, 0].reshape(n, h, w, c).permute(0, 3, 1, 2)
        return self.out(x), None


class UNetBackbone(nn.Module):
    def __init__(self, levels):
        super().__init__()
        self.count, i = len(levels), 3
        for k, o in enumerate(levels):
            setattr(self, f"level{k}", nn.Sequential(Normalised(i, o, 3), Normalised(o, o, 3)))
            i = o

    def forward(self, x):
        maps = []
        for k in range(self.count):
            x = getattr(self, f"level{k}")(F.max_pool2d(x, 2) if k else x)
            maps.append(x)
        return maps[2:]


class Embeddings(Encoder):
    def forward(self, x, place):
        z, image, _ = super().forward(x)
        return [z.permute(0, 2, 3, 1), image]


def with_self_attention():
    encoder = Embeddings(TEACHING)
    del encoder.attention
    encoder.self_attention = ScaleSelfAttention(TEACHING["embedding"], TEACHING["width"])
    encoder.attention = encoder.self_attention.forward
    return encoder


def with_unet():
    # looks at maps of 2 x planes channels
    encoder = Embeddings(dict(TEACHING, planes=(4, 8, 16, 32)))
    encoder.backbone = UNetBackbone((2, 4, 8, 16, 32, 64))
    return encoder


class CctLayer(nn.Module):
    def __init__(self, c, heads, mlp):
        super().__init__()
        self.attention_norm, self.norm, self.attention = nn.LayerNorm(c), nn.LayerNorm(c), SelfAttention(c, heads)
        self.widen, self.narrow = linear(c, mlp), linear(mlp, c)

    def forward(self, x):
        x = self.norm(x + self.attention(self.attention_norm(x)))
        return x + self.narrow(F.gelu(self.widen(x)))


class Cct(nn.Module):
    def __init__(self, width, c, layers, heads, mlp):
        super().__init__()
        widths = [3] + 4 * [width] + [c]
        for k in range(5):
            setattr(self, f"convolution{k}", Normalised(widths[k], widths[k + 1], 3))
        self.layers = nn.Sequential(*(CctLayer(c, heads, mlp) for _ in range(layers)))
        self.norm, self.weigh = nn.LayerNorm(c), linear(c, 1)

    def forward(self, x, place):
        for k in range(5):
            x = F.max_pool2d(getattr(self, f"convolution{k}")(x), 3, 2, 1)
        n, c, h, w = x.shape
        x = self.layers(x.flatten(2).transpose(1, 2) + positions(h * w, c))
        y = self.norm(x)
        return [x.reshape(n, h, w, c), (torch.softmax(self.weigh(y)[:, :, 0], 1)[:, None] @ y)[:, 0]]


NETWORKS = {
    "iosnet": lambda: IosNet(dict(stem=32, blocks=(2, 2, 2, 2), planes=(64, 128, 192, 256)), (512, 256, 256)),
    "iosnet-teaching": lambda: IosNet(dict(stem=8, blocks=(1, 1, 1, 1), planes=(16, 32, 48, 64)), (128, 64, 64)),
    "ossnet": lambda: OssNet((16, 32, 64, 128, 128), 12, 7, False, 512, 5, True),
    "ossnet-teaching": lambda: OssNet((8, 16, 32, 32, 32), 4, 7, False, 128, 5, True),
    "ossnet-mid-range": lambda: OssNet((8, 16, 32), 3, 5, True, 32, 2, False),
    "self-attention": with_self_attention,
    "unet": with_unet,
    "cct": lambda: Cct(8, 16, 4, 4, 32),
}
WORK = {
    "iosnet": timing.Work(16, 1000, 384, 2e-4),
    "ossnet": timing.Work(14, 1000, 384, 5e-4),
    **{name: SMALL_WORK for name in ("iosnet-teaching", "ossnet-teaching")},
}


def check(file, name):
    given = {key: value.double() for key, value in read(file).items()}
    network = NETWORKS[name]().double().train()
    load(network, given)
    outputs = network(given["images"].permute(0, 3, 1, 2), given["points"])
    loss = sum((y * y).mean() for y in outputs)
    loss.backward()
    worst, where = worst_gradient(network, given)
    return dict(parameters=sum(p.numel() for p in network.parameters()),
                differences=[(y - given[f"output{k}"]).abs().max().item() for k, y in enumerate(outputs)],
                largest=[y.abs().max().item() for y in outputs],
                loss_difference=abs(loss.item() - given["loss"].item()),
                worst_gradient=where, relative_difference=worst)


def timed(name, a):
    network, squared = NETWORKS[name](), not name.endswith("-teaching")
    images = a.images(2 * torch.rand(a.batch, 3, a.size, a.size) - 1)
    place = torch.rand(a.batch, a.points, 2) * (a.size - 1)
    target = torch.randint(2, (a.batch * a.points,))
    pixels = torch.randint(2, (a.batch, a.size, a.size))

    def loss():
        answer, *coarse = network(images, place)
        value = occupancy(answer, target, squared)
        return value + 0.1 * of_pixels([coarse[0].permute(0, 3, 1, 2)], pixels, squared) if coarse else value

    def predict():
        codes, side = network.encode(images[:1]), torch.arange(float(a.size))
        return torch.cat([network.answer(codes, chunk[None]) for chunk in torch.cartesian_prod(side, side).flip(1).split(a.chunk)])

    return network, loss, predict


if __name__ == "__main__":
    timing.main(__doc__, {name: (work, lambda a, name=name: timed(name, a)) for name, work in WORK.items()},
                {name: lambda file, name=name: check(file, name) for name in NETWORKS})
