"""Networks of every kind of layer in PyTorch, in double precision: the first gradients, the losses of a short training,
the moving averages after it and the features in inference.

Called by make-networks.ts with the layers, the initial tensors, the images and the pairs on standard input.
"""
import json
import sys

import torch
from torch.nn import functional as F

job = json.load(sys.stdin)
height, width, channels = job["image"]
images = torch.tensor(job["pixels"], dtype=torch.float64).reshape(-1, height, width, channels) / 255
tensors = {}
for t in job["tensors"]:
    value = torch.tensor(t["values"], dtype=torch.float64).reshape(t["shape"])
    averaged = t["of"].endswith(".mean") or t["of"].endswith(".variance")
    tensors[t["of"]] = value.requires_grad_(not averaged)
learned = {name: t for name, t in tensors.items() if t.requires_grad}


def convolve(x, kernel, stride):
    # As TensorFlow's "SAME": what is left over of the padding goes below and to the right.
    size = kernel.shape[0]
    def pads(length):
        total = max(0, (-(-length // stride) - 1) * stride + size - length)
        return total // 2, total - total // 2
    top, bottom = pads(x.shape[1])
    left, right = pads(x.shape[2])
    x = F.pad(x.permute(0, 3, 1, 2), (left, right, top, bottom))
    return F.conv2d(x, kernel.permute(3, 2, 0, 1), stride=stride).permute(0, 2, 3, 1)


def through(layers, x, training):
    for layer in layers:
        kind = layer["kind"]
        if kind in ("dense", "conv"):
            name = layer["name"]
            kernel = tensors[name + ".kernel"]
            x = x @ kernel if kind == "dense" else convolve(x, kernel, layer["stride"])
            if layer["batchNorm"]:
                flat = F.batch_norm(
                    x.reshape(-1, x.shape[-1]),
                    tensors[name + ".mean"],
                    tensors[name + ".variance"],
                    tensors[name + ".scale"],
                    tensors[name + ".shift"],
                    training=training,
                    momentum=0.1,
                    eps=1e-5,
                )
                x = flat.reshape(x.shape)
            else:
                x = x + tensors[name + ".bias"]
            if layer["relu"]:
                x = torch.relu(x)
        elif kind == "normalise":
            x = (x - torch.tensor(layer["mean"])) / torch.tensor(layer["deviation"], dtype=torch.float64)
        elif kind == "max-pool":
            x = F.max_pool2d(x.permute(0, 3, 1, 2), 2).permute(0, 2, 3, 1)
        elif kind == "mean-pool":
            x = x.mean((1, 2))
        elif kind == "flatten":
            x = x.reshape(x.shape[0], -1)
        elif kind == "residual":
            main = through(layer["main"], x, training)
            around = through([layer["shortcut"]], x, training) if layer.get("shortcut") else x
            x = torch.relu(main + around)
        else:
            raise ValueError(kind)
    return x


learning = job["learning"]
optimiser = torch.optim.Adam(
    learned.values(),
    lr=learning["learningRate"],
    betas=(learning["gradientDecay"], learning["squaredGradientDecay"]),
    eps=1e-8,
)
losses, first_gradients = [], None
for batch in job["batches"]:
    both = torch.cat([images[batch["first"]], images[batch["second"]]])
    f1, f2 = through(job["layers"], both, True).chunk(2)
    y = torch.tensor(batch["similar"], dtype=torch.float64)
    d = torch.sqrt(((f1 - f2) ** 2).sum(1) + 1e-6)
    loss = 0.5 * (y * d**2 + (1 - y) * torch.clamp(learning["margin"] - d, min=0) ** 2).sum()
    optimiser.zero_grad()
    loss.backward()
    if first_gradients is None:
        first_gradients = {name: t.grad.flatten().tolist() for name, t in learned.items()}
    optimiser.step()
    losses.append(loss.item())

with torch.no_grad():
    averages = {name: t.flatten().tolist() for name, t in tensors.items() if name not in learned}
    features = through(job["layers"], images[:5], False).flatten().tolist()
short = lambda x: [short(v) for v in x] if isinstance(x, list) else {k: short(v) for k, v in x.items()} if isinstance(x, dict) else float(f"{x:.9g}")
print(json.dumps({"torch": torch.__version__, **short({"losses": losses, "gradients": first_gradients, "averages": averages, "features": features})}))
