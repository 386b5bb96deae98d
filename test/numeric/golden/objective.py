"""Makes objective.json: python objective.py > objective.json, with torch 2.13 and pytorch-metric-learning 2.9."""

import json

import torch
from pytorch_metric_learning.distances import DotProductSimilarity, LpDistance
from pytorch_metric_learning.losses import NPairsLoss, SupConLoss, TripletMarginLoss
from pytorch_metric_learning.miners import BatchHardMiner
from pytorch_metric_learning.reducers import MeanReducer
from pytorch_metric_learning.utils import loss_and_miner_utils

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)
features = torch.randn(12, 3).float().double()
labels = torch.arange(3).repeat_interleave(4)
two_each = torch.arange(6).repeat_interleave(2)
distance = LpDistance(normalize_embeddings=False)
products = DotProductSimilarity(normalize_embeddings=False)
squared = LpDistance(normalize_embeddings=False, power=2)
triplet = TripletMarginLoss(margin=1.0, distance=squared, reducer=MeanReducer())


def contrastive(x):
    i, j = torch.triu_indices(12, 12, 1)
    d = ((x[i] - x[j]).square().sum(1) + 1e-6).sqrt()
    y = (labels[i] == labels[j]).double()
    return 0.5 * (y * d**2 + (1 - y) * torch.relu(2 - d) ** 2).sum()


def class_means(x):
    means = x.reshape(3, 4, 3).mean(1)
    return torch.nn.functional.cross_entropy(-torch.cdist(x, means).square(), labels)


def semi_hard(x):
    d = torch.cdist(x, x).square()
    terms = []
    for a in range(12):
        others = [d[a, n] for n in range(12) if labels[n] != labels[a]]
        for p in range(12):
            if p == a or labels[p] != labels[a]:
                continue
            farther = [o for o in others if o > d[a, p]]
            terms.append(torch.relu(d[a, p] - (min(farther) if farther else max(others)) + 1))
    return torch.stack(terms).mean()


losses = {
    "contrastive": contrastive,
    "triplet none": lambda x: triplet(x, labels, loss_and_miner_utils.get_all_triplets_indices(labels)),
    "triplet semi-hard": semi_hard,
    "triplet hard": lambda x: triplet(x, labels, BatchHardMiner(distance=distance)(x.detach(), labels)),
    "n-pairs": lambda x: NPairsLoss(distance=products)(x, two_each),
    "supervised-contrastive": lambda x: SupConLoss(temperature=0.1)(x, labels),
    "class-means": class_means,
}


def measured(loss):
    x = features.clone().requires_grad_()
    value = loss(x)
    value.backward()
    return {"loss": value.item(), "gradient": x.grad.tolist()}


def adam_w():
    x = torch.nn.Parameter(torch.tensor([1.0, -2.0, 0.5]))
    optimiser = torch.optim.AdamW([x], lr=0.01, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.1)
    for t in range(50):
        x.grad = torch.tensor([0.3, -0.1, 0.2]) * (t % 3 - 0.5)
        optimiser.step()
    return x.tolist()


def one_cycle():
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=0.01, total_steps=101, pct_start=0.3)
    rates = []
    for _ in range(101):
        rates.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        schedule.step() if len(rates) < 101 else None
    return rates


print(
    json.dumps(
        {
            "features": features.tolist(),
            "losses": {name: measured(loss) for name, loss in losses.items()},
            "adamW": adam_w(),
            "oneCycle": one_cycle(),
        }
    )
)
