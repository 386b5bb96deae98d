"""The recipe in PyTorch, as somebody who knows PyTorch would write it to be fast."""

import numpy as np
import torch
from recipe import SIZES, Pairs, he_layers


def make_net(hidden):
    """784 - hidden - hidden - 2 with ReLU between."""
    modules = []
    for kernel, bias in he_layers([784, hidden, hidden, 2]):
        layer = torch.nn.Linear(*kernel.shape)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(np.ascontiguousarray(kernel.T)))
            layer.bias.copy_(torch.from_numpy(bias))
        modules += [layer, torch.nn.ReLU()]
    return torch.nn.Sequential(*modules[:-1])


def contrastive_loss(f1, f2, y):
    squares = (f1 - f2).square().sum(1) + 1e-6
    shortfall = (SIZES["margin"] - squares.sqrt()).clamp_min(0)
    return 0.5 * torch.sum(y * squares + (1 - y) * shortfall.square())


class Training:
    """pixels stay bytes until a batch is gathered, as ours do. fused: Adam in one kernel; passes: 1 runs both images of
    every pair through the net at once, 2 one after the other."""

    def __init__(self, pixels, labels, batch, hidden, fused=True, passes=1):
        self.pixels = torch.from_numpy(pixels)
        self.pairs = Pairs(labels)
        self.batch, self.passes = batch, passes
        self.net = make_net(hidden)
        betas = (SIZES["beta1"], SIZES["beta2"])
        self.adam = torch.optim.Adam(self.net.parameters(), SIZES["rate"], betas, SIZES["epsilon"], fused=fused)

    def step(self):
        """One iteration. Returns the loss."""
        indices, similar = self.pairs.draw(self.batch)
        x = self.rows(torch.from_numpy(indices))
        if self.passes == 1:
            f1, f2 = self.net(x).chunk(2)
        else:
            f1, f2 = (self.net(half) for half in x.chunk(2))
        loss = contrastive_loss(f1, f2, torch.from_numpy(similar))
        self.adam.zero_grad()
        loss.backward()
        self.adam.step()
        return loss.item()

    def rows(self, indices):
        return self.pixels[indices].float().div_(255)


def embed(net, pixels, rows=1000):
    """Features [count, 2] of bytes [count, 784], so many rows at once."""
    with torch.inference_mode():
        return torch.cat([net(part.float().div_(255)) for part in pixels.split(rows)])
