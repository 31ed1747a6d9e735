"""Whether a peer's network agrees with ours: weights, inputs and gradients that a test wrote, and the largest differences from them."""
import json
import struct

import torch


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
    own = {name: parameter for name, parameter in network.named_parameters() if parameter.grad is not None}
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


def channels_first(x):
    return x.permute(0, -1, *range(1, x.dim() - 1))


def differences(network, found, names, given, loss):
    """The loss is played backwards. Largest differences from the given tensors, as the tests read them."""
    loss.backward()
    result = dict(parameters=sum(p.numel() for p in network.parameters()))
    for name, value in zip(names, found):
        result[name] = dict(largest=value.abs().max().item(), difference=(value - given[name]).abs().max().item())
    result["loss_difference"] = abs(loss.item() - given["loss"].item())
    worst, where = worst_gradient(network, given)
    return dict(result, worst_gradient=where, relative_difference=worst)
