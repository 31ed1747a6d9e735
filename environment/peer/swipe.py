#!/usr/bin/python3
"""PyTorch peer of SwIPE, in images and in volumes (needs python3-torch).

The networks of slidefield.swipe.SwipeSettings' presets with their losses. --time prints one JSON line per mode: the median
training step (draw of overreach's neighbours, forward, loss, backward, AdamW without decay) and the median prediction of all
pixels of one image, in the presets' batch, points and size unless others are given. Images and points are random and made
beforehand: augmentation and the sampling of points are not timed, here as in "environment/slidefield bench --swipe". --check
FILE computes again, in double precision, what slidefield.swipe.SwipePeerTest wrote there, and prints the largest differences.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

import timing
from agreement import channels_first, differences, load, read

FREQUENCIES = 6
RELEASED_LOSS = dict(squared=False, shared=True, logits=True)
PAPER_LOSS = dict(squared=True, shared=False, logits=False)
RELEASED = dict(axes=2, colours=3, stem=32, blocks=(2, 2, 2, 2), planes=(64, 80, 96, 128), width=64, embedding=256, squeeze=16,
                step=32, patch=(256, 256, 256), image=(256, 128), dropout=0.1, occurrences=8, side=32, classes=1,
                fourier=True, source=False, output_layer=False, coarsest=False, loss=RELEASED_LOSS)
TEACHING = dict(RELEASED, stem=8, blocks=(1, 1, 1, 1), planes=(16, 20, 24, 32), width=16, embedding=32, squeeze=4,
                patch=(64, 64, 64), image=(64, 32), occurrences=2)
PAPER = dict(fourier=False, source=True, output_layer=True, coarsest=True, loss=PAPER_LOSS)
PRESETS = {
    "released": RELEASED,
    "paper": dict(RELEASED, **PAPER),
    "teaching": TEACHING,
    "paper-small": dict(TEACHING, **PAPER),
}
WORK = {
    "released": timing.Work(12, 1000, 384, 5e-4),
    "paper": timing.Work(12, 1000, 384, 5e-4),
    "teaching": timing.Work(8, 300, 128, 2e-3),
}
OFFSETS = {
    2: torch.tensor([[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, 1], [1, -1], [-1, -1]]),
    3: torch.tensor([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]]),
}


def of_axes(name, axes):
    """A layer or function of images or of volumes, such as nn.Conv2d or nn.Conv3d."""
    return getattr(nn if name[0].isupper() else F, f"{name}{axes}d")


class Normalised(nn.Module):
    """kernel: one number, or one for each axis, the last being the columns."""

    def __init__(self, i, o, kernel, stride=1, dilation=1, relu=True, axes=2):
        super().__init__()
        kernel = (kernel,) * axes if isinstance(kernel, int) else kernel
        padding = tuple(dilation * (k - 1) // 2 for k in kernel)
        self.conv = of_axes("Conv", axes)(i, o, kernel, stride, padding, dilation, bias=False)
        self.norm, self.relu = of_axes("BatchNorm", axes)(o), relu

    def forward(self, x):
        x = self.norm(self.conv(x))
        return F.relu(x, inplace=True) if self.relu else x


class Block(nn.Module):
    """Res2Net's residual block v1b."""

    def __init__(self, i, planes, stride, first, expansion=2, axes=2):
        super().__init__()
        self.width, self.first, self.axes, o = planes * 26 // 64, first, axes, expansion * planes
        self.reduce = Normalised(i, 4 * self.width, 1, axes=axes)
        for k in range(3):
            setattr(self, f"branch{k}", Normalised(self.width, self.width, 3, stride, axes=axes))
        self.pool = of_axes("AvgPool", axes)(3, stride, 1)
        self.expand = Normalised(4 * self.width, o, 1, relu=False, axes=axes)
        self.stride, self.shortcut = stride, None
        if stride != 1 or i != o:
            self.shortcut = Normalised(i, o, 1, relu=False, axes=axes)

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
            x = self.shortcut(of_axes("avg_pool", self.axes)(x, 2, 2) if self.stride == 2 else x)
        return F.relu(y + x)


class Backbone(nn.Module):
    def __init__(self, p):
        super().__init__()
        s, self.axes = p["stem"], p.get("axes", 2)
        of = dict(axes=self.axes)
        self.stem = nn.Sequential(Normalised(p.get("colours", 3), s, 3, 2, **of), Normalised(s, s, 3, **of),
                                  Normalised(s, 2 * s, 3, **of))
        i, expansion = 2 * s, p.get("expansion", 2)
        for stage in range(4):
            blocks = []
            for k in range(p["blocks"][stage]):
                blocks.append(Block(i, p["planes"][stage], 2 if stage and not k else 1, k == 0, expansion, self.axes))
                i = expansion * p["planes"][stage]
            setattr(self, f"stage{stage + 1}", nn.Sequential(*blocks))

    def forward(self, x):
        return self.with_stem(x)[1:]

    def with_stem(self, x):
        maps = [self.stem(x)]
        x = of_axes("max_pool", self.axes)(maps[0], 3, 2, 1)
        for stage in range(4):
            x = getattr(self, f"stage{stage + 1}")(x)
            maps.append(x)
        return maps


class Rfb(nn.Module):
    def __init__(self, i, o, names=("near", "middle", "far"), axes=2):
        super().__init__()
        self.names = names
        plain = dict(relu=False, axes=axes)
        for n, name in enumerate(names):
            k = 2 * n + 1
            branch = [Normalised(i, o, 1, **plain)]
            if n:
                along = [tuple(k if axis == longest else 1 for axis in range(axes)) for longest in reversed(range(axes))]
                branch += [Normalised(o, o, kernel, **plain) for kernel in along]
                branch.append(Normalised(o, o, 3, dilation=k, **plain))
            setattr(self, name, nn.Sequential(*branch))
        self.join, self.shortcut = Normalised(len(names) * o, o, 3, **plain), Normalised(i, o, 1, **plain)

    def forward(self, x):
        return F.relu(self.join(torch.cat([getattr(self, name)(x) for name in self.names], 1)) + self.shortcut(x))


class Attention(nn.Module):
    def __init__(self, c, squeezed, output_layer=False, axes=2):
        super().__init__()
        conv, norm = of_axes("Conv", axes), of_axes("BatchNorm", axes)
        self.squeeze, self.squeeze_norm = conv(c, squeezed, 1), norm(squeezed)
        self.weigh = conv(4 * squeezed, 4, 1)
        self.out_norm, self.out = (norm(c), conv(c, c, 1)) if output_layer else (None, None)

    def forward(self, scales):
        w = torch.cat([F.relu(self.squeeze_norm(self.squeeze(e))) for e in scales], 1)
        w = torch.softmax(self.weigh(w), 1)
        z = sum(scales) + sum(w[:, n:n + 1] * e for n, e in enumerate(scales))
        return (z if self.out is None else self.out(F.relu(self.out_norm(z)))), w


class Encoder(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.axes, self.step, self.side, self.coarsest = (p[name] for name in ("axes", "step", "side", "coarsest"))
        self.backbone = Backbone(p)
        for n in range(4):
            setattr(self, f"look{n + 2}", Rfb(2 * p["planes"][n], p["width"], axes=self.axes))
        for n in range(4):
            setattr(self, f"embed{n + 2}", of_axes("Conv", self.axes)(p["width"], p["embedding"], 1))
        self.attention = Attention(p["embedding"], p["squeeze"], p["output_layer"], self.axes)

    def forward(self, x):
        half = lambda y: of_axes("avg_pool", self.axes)(y, 2, 2)
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
        grid, way = [side // self.side for side in x.shape[2:]], "trilinear" if self.axes == 3 else "bilinear"
        scales = [e if list(e.shape[2:]) == grid else F.interpolate(e, grid, mode=way, align_corners=False) for e in scales]
        z, w = self.attention(scales)
        return z, (last if self.coarsest else z).flatten(2).mean(2), w


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
    frequencies = 2 ** torch.linspace(0, 6, FREQUENCIES, dtype=p.dtype)
    return torch.cat([g for f in frequencies for g in (torch.sin(f * p), torch.cos(f * p))], 1)


class Swipe(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p, axes, c = p, p["axes"], p["embedding"]
        self.encoder = Encoder(p)
        size = axes * (2 + p["source"] + 2 * FREQUENCIES * p["fourier"]) + 2 * c
        self.patch_decoder = Decoder(size, p["patch"], p["dropout"], p["classes"])
        self.image_decoder = Decoder(axes + c, p["image"], 0, p["classes"])
        for decoder in (self.patch_decoder, self.image_decoder):
            for layer in decoder.children():
                if isinstance(layer, nn.Linear):
                    nn.init.trunc_normal_(layer.weight, std=0.02)
                    nn.init.zeros_(layer.bias)

    def encode(self, x):
        """A row of embeddings per patch, z^I per image, patches and pixels along each axis, x first."""
        z, image, _ = self.encoder(x)
        grid, size = (torch.tensor(list(v.shape[:1:-1])) for v in (z, x))
        return z.flatten(2).transpose(1, 2).reshape(-1, z.shape[1]), image, grid, size

    def ask(self, codes, number, place, source, patch, rows):
        """Per point: its image's number, place in pixels (x first), p^S, patch's place in the grid and row of embeddings."""
        table, image, _, size = codes
        p = 2 * place / (size - 1) - 1
        side = self.p["side"]
        local = p - (2 * (patch * side + side / 2) / (size - 1) - 1)
        parts = [p, image[number], local, table[rows]]
        if self.p["fourier"]:
            # in images float32 whatever the network computes in
            parts.append(fourier(local.to(table.dtype)).to(p.dtype))
        if self.p["source"]:
            parts.append(source)
        return self.patch_decoder(torch.cat([v.to(table.dtype) for v in parts], 1))

    def own(self, codes, number, place):
        """The points' patches and rows of embeddings."""
        _, _, grid, _ = codes
        steps = torch.cumprod(torch.cat([grid.new_ones(1), grid[:-1]]), 0)
        patch = (place / self.p["side"]).floor().long()
        return patch, number * grid.prod() + (patch * steps).sum(1), steps

    def forward(self, x, place, source=None, neighbours=None):
        """place: images x points x axes in pixels; source: as many p^S; neighbours: rows per repetition, drawn if None."""
        codes = self.encode(x)
        table, image, grid, size = codes
        number = torch.arange(len(x)).repeat_interleave(place.shape[1])
        place = place.flatten(0, 1)
        # an image that was not cut out of another one is its own source
        source = 2 * place / (size - 1) - 1 if source is None else source.flatten(0, 1)
        patch, rows, steps = self.own(codes, number, place)
        own = self.ask(codes, number, place, source, patch, rows)
        whole = self.image_decoder(torch.cat([(2 * place / (size - 1) - 1).to(table.dtype), image[number]], 1))
        again = lambda v: v.repeat_interleave(self.p["occurrences"], 0)
        if neighbours is None:
            offsets = OFFSETS[self.p["axes"]]
            beyond = again(patch) + offsets[torch.randint(len(offsets), (len(rows) * self.p["occurrences"],))]
            beyond = torch.where(beyond < 0, torch.clamp(grid - 1, max=1).expand_as(beyond), torch.minimum(beyond, grid - 1))
            neighbours = again(number) * grid.prod() + (beyond * steps).sum(1)
        else:
            beyond = (neighbours % grid.prod())[:, None].div(steps, rounding_mode="floor") % grid
        overreach = self.ask(codes, again(number), again(place), again(source), beyond, neighbours)
        return own, whole, overreach, table[rows], image

    def dense(self, x, chunk):
        """Logits of all pixels of one image, so many points at a time."""
        codes = self.encode(x)
        places = torch.cartesian_prod(*(torch.arange(float(side)) for side in x.shape[2:])).flip(1)
        answers = []
        for place in places.split(chunk):
            number = place.new_zeros(len(place), dtype=torch.long)
            patch, rows, _ = self.own(codes, number, place)
            answers.append(self.ask(codes, number, place, 2 * place / (codes[3] - 1) - 1, patch, rows))
        return torch.cat(answers)


def dice(p, g, squared):
    """1 - (2 sum(p g) + 1) / (sum(p^2) + sum(g^2) + 1) of each column, or the same without squares."""
    below = ((p * p).sum(0) + (g * g).sum(0)) if squared else (p.sum(0) + g.sum(0))
    return (1 - (2 * (p * g).sum(0) + 1) / (below + 1)).mean()


def occupancy(logits, target, squared):
    """Half cross-entropy, half Dice. logits: points x classes, or x 1; target: class numbers."""
    if logits.shape[1] == 1:
        truth = target[:, None].to(logits.dtype)
        return 0.5 * F.binary_cross_entropy_with_logits(logits, truth) + 0.5 * dice(torch.sigmoid(logits), truth, squared)
    truth = F.one_hot(target, logits.shape[1]).to(logits.dtype)
    return 0.5 * F.cross_entropy(logits, target) + 0.5 * dice(torch.softmax(logits, 1), truth, squared)


def loss_of(output, target, p):
    own, whole, overreach, z, image = output
    form = p["loss"]
    beyond = occupancy(overreach, target.repeat_interleave(p["occurrences"]), form["squared"])
    own_loss, whole_loss = occupancy(own, target, form["squared"]), occupancy(whole, target, form["squared"])
    if form["shared"]:
        loss = 0.5 * (0.9 * own_loss + 0.1 * beyond) + 0.5 * whole_loss
    else:
        loss = 0.5 * own_loss + 0.5 * whole_loss + 0.1 * beyond
    if form["logits"]:
        return loss + 1e-5 * ((own * own).sum() + (whole * whole).sum())
    return loss + 1e-4 * ((z * z).sum(1).mean() + (image * image).sum(1).mean())


def check(file, p):
    given = {name: value.double() for name, value in read(file).items()}
    # in training, so with the batch's statistics; what dropout drops would be the peer's own, so the check is without
    network = Swipe(dict(p, dropout=0)).double().train()
    load(network, given)
    # coordinates are float32 there whatever the network computes in
    output = network(channels_first(given["images"]), given["points"].float(), given["source"].float(),
                     given["neighbours"].long())
    names = ("patch_logits", "image_logits", "overreach_logits", "z_patch", "z_image")
    return differences(network, output, names, given, loss_of(output, given["target"].long(), p))


def timed(p, a):
    """What timing.main wants: the network, a training step's loss and a prediction."""
    network = Swipe(p)
    images = a.images(torch.rand(a.batch, p["colours"], *[a.size] * p["axes"]) * 2 - 1)
    place = torch.rand(a.batch, a.points, p["axes"]) * (a.size - 1)
    source = torch.rand(a.batch, a.points, p["axes"]) * 2 - 1 if p["axes"] == 3 else None
    target = torch.randint(max(2, p["classes"]), (a.batch * a.points,))
    return network, lambda: loss_of(network(images, place, source), target, p), lambda: network.dense(images[:1], a.chunk)


if __name__ == "__main__":
    timing.main(__doc__, {name: (work, lambda a, name=name: timed(PRESETS[name], a)) for name, work in WORK.items()},
                {name: lambda file, p=p: check(file, p) for name, p in PRESETS.items()})
