"""The recipe in PyTorch, written from its formulas: prints the losses of given pairs from given weights.

Called by make.ts with a folder of raw arrays (pixels, initial weights, pairs, the case's hyperparameters) and the
precision to compute in, float32 or float64.
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch

folder = Path(sys.argv[1])
case = json.loads((folder / "case.json").read_text())
batch = case["batchSize"]
precision = getattr(torch, sys.argv[2])

images = torch.from_numpy(np.fromfile(folder / "pixels.u8", np.uint8).reshape(-1, 784)).to(precision) / 255
first = torch.from_numpy(np.fromfile(folder / "first.i32", np.int32).reshape(-1, batch)).long()
second = torch.from_numpy(np.fromfile(folder / "second.i32", np.int32).reshape(-1, batch)).long()
similar = torch.from_numpy(np.fromfile(folder / "similar.u8", np.uint8).reshape(-1, batch)).to(precision)

values = np.fromfile(folder / "weights.f32", np.float32)
sizes = [784, *case["hiddenSizes"], case["embeddingSize"]]
modules = []
at = 0
for inputs, outputs in zip(sizes, sizes[1:]):
    layer = torch.nn.Linear(inputs, outputs)
    kernel = values[at : at + inputs * outputs].reshape(inputs, outputs)
    at += inputs * outputs
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(kernel.T.copy()))
        layer.bias.copy_(torch.from_numpy(values[at : at + outputs]))
    at += outputs
    modules += [layer, torch.nn.ReLU()]
encoder = torch.nn.Sequential(*modules[:-1]).to(precision)

optimiser = torch.optim.Adam(
    encoder.parameters(),
    lr=case["learningRate"],
    betas=(case["gradientDecay"], case["squaredGradientDecay"]),
    eps=1e-8,
)

losses = []
for i in range(len(first)):
    f1, f2 = encoder(images[first[i]]), encoder(images[second[i]])
    d = torch.sqrt(((f1 - f2) ** 2).sum(1) + 1e-6)
    y = similar[i]
    loss = 0.5 * (y * d**2 + (1 - y) * torch.clamp(case["margin"] - d, min=0) ** 2).sum()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    losses.append(loss.item())

with torch.no_grad():
    features = encoder(images[:5]).flatten().tolist()
print(json.dumps({"torch": torch.__version__, "losses": losses, "features": features}))
