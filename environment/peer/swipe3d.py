#!/usr/bin/python3
"""PyTorch peer of the networks of volumes, the 3-D SwIPE and the 3-D U-Net (needs python3-torch).

--time as in swipe.py, of the presets of slidefield.swipe.volume.VolumeSettings; the U-Net's loss is that of all voxels. --check
FILE computes again, in double precision, what slidefield.swipe.volume.VolumePeerTest wrote there.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

import swipe
import timing
from agreement import channels_first, differences, load, read
from swipe import PAPER_LOSS, Normalised, occupancy

PAPER = dict(axes=3, colours=1, stem=32, blocks=(3, 4, 6, 3), planes=(64, 80, 96, 128), width=16, embedding=512, squeeze=16,
             step=32, patch=(256, 256, 256, 256), image=(256, 256, 128), dropout=0.1, occurrences=8, side=8, classes=14,
             fourier=False, source=True, output_layer=False, coarsest=True, loss=PAPER_LOSS)
SWIPE = {
    "paper": PAPER,
    "teaching": dict(PAPER, stem=8, blocks=(1, 1, 1, 1), planes=(16, 20, 24, 32), width=8, embedding=32, squeeze=4, step=8,
                     patch=(64, 64, 64), image=(64, 32), occurrences=2, classes=3, loss=dict(PAPER_LOSS, squared=False)),
}
UNET = {"unet-paper": dict(base=32, levels=4, classes=14, squared=True),
        "unet-teaching": dict(base=8, levels=4, classes=3, squared=False)}
WORK = {
    "paper": timing.Work(6, 1000, 96, 7.5e-4),
    "unet-paper": timing.Work(4, 1000, 96, 6e-4),
    "teaching": timing.Work(4, 1000, 32, 3e-3),
    "unet-teaching": timing.Work(4, 1000, 32, 3e-3),
}


class Unet(nn.Module):
    def __init__(self, p):
        super().__init__()
        two = lambda i, m, o: nn.Sequential(Normalised(i, m, 3, axes=3), Normalised(m, o, 3, axes=3))
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


def voxel_rows(logits):
    return logits.permute(0, 2, 3, 4, 1).reshape(-1, logits.shape[1])


def check(file, name):
    if name in SWIPE:
        return swipe.check(file, SWIPE[name])
    given = {key: value.double() for key, value in read(file).items()}
    network = Unet(UNET[name]).double().train()
    load(network, given)
    rows = voxel_rows(network(channels_first(given["images"])))
    return differences(network, [rows], ["logits"], given, occupancy(rows, given["target"].long(), UNET[name]["squared"]))


def timed(name, a):
    if name in SWIPE:
        return swipe.timed(SWIPE[name], a)
    network, p = Unet(UNET[name]), UNET[name]
    crops = a.images(torch.rand(a.batch, 1, a.size, a.size, a.size))
    target = torch.randint(p["classes"], (a.batch * a.size ** 3,))
    return network, lambda: occupancy(voxel_rows(network(crops)), target, p["squared"]), lambda: network(crops[:1])


if __name__ == "__main__":
    timing.main(__doc__, {name: (work, lambda a, name=name: timed(name, a)) for name, work in WORK.items()},
                {name: lambda file, name=name: check(file, name) for name in WORK})
