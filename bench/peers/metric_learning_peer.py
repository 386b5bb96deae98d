"""pytorch-metric-learning: metric_learning_peer.py DIGITS_FOLDER. Command: train.

A small convolutional network as its users write it, two features, class-balanced batches, affine augmentation, AdamW with one
cycle of the learning rate, for as many seconds as it is given.
"""

import math
import sys
import time

import numpy as np
import torch
from protocol import serve
from pytorch_metric_learning import distances, losses
from recipe import read_digits
from torch import nn

folder = sys.argv[1]
CLASSES, EACH, NEIGHBOURS = 10, 16, 5
RATE, WEIGHT_DECAY, WARM_UP = 3e-3, 1e-2, 0.3
SHIFT_PX, TURN, SCALING = 2, math.radians(10), 0.1


def plane(loss):
    """Losses of the features themselves, as ours; the others see their direction alone."""
    return loss == "contrastive"


def make_loss(kind):
    if kind == "contrastive":
        return losses.ContrastiveLoss(0, 1, distance=distances.LpDistance(normalize_embeddings=False))
    if kind == "multi-similarity":
        return losses.MultiSimilarityLoss()
    if kind == "supervised-contrastive":
        return losses.SupConLoss()
    return losses.NormalizedSoftmaxLoss(CLASSES, 2)


def make_net():
    def block(inputs, outputs):
        return [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]

    pool = nn.MaxPool2d(2)
    return nn.Sequential(
        *block(1, 16), *block(16, 16), pool, *block(16, 32), *block(32, 32), pool, nn.Flatten(),
        nn.Linear(32 * 7 * 7, 128, bias=False), nn.BatchNorm1d(128), nn.ReLU(), nn.Linear(128, 2),
    ).to(memory_format=torch.channels_last)  # fmt: skip


def pictures(pixels):
    return torch.from_numpy(pixels).float().div_(255).reshape(-1, 1, 28, 28)


def augmented(images):
    """Each image shifted, turned and scaled by amounts of its own."""
    count = len(images)
    uniform = lambda most: (2 * torch.rand(count) - 1) * most
    turn, scale, shift = uniform(TURN), 1 + uniform(SCALING), uniform(2 * SHIFT_PX / 28)
    cos, sin = turn.cos() / scale, turn.sin() / scale
    matrix = torch.stack([cos, -sin, shift, sin, cos, uniform(2 * SHIFT_PX / 28)], 1).reshape(-1, 2, 3)
    grid = nn.functional.affine_grid(matrix, list(images.shape), align_corners=False)
    return nn.functional.grid_sample(images, grid, align_corners=False)


def one_cycle(done):
    """Share of the learning rate after this share of the time: from a 25th up, then down to nearly nothing."""
    if done < WARM_UP:
        return 1 / 25 + (1 - 1 / 25) * 0.5 * (1 - math.cos(math.pi * done / WARM_UP))
    return 0.5 * (1 + math.cos(math.pi * min(1, (done - WARM_UP) / (1 - WARM_UP)))) + 1e-4


def features(net, images, loss):
    net.eval()
    with torch.inference_mode():
        embedded = torch.cat([net(part) for part in images.split(1000)])
    return embedded if plane(loss) else nn.functional.normalize(embedded)


def knn_accuracy(train, train_labels, test, test_labels):
    """Votes of the 5 nearest training images; of equal votes the class of the nearest of them wins, as in ours."""
    nearest = torch.cdist(test, train, compute_mode="donot_use_mm_for_euclid_dist").topk(NEIGHBOURS, largest=False)
    voters = train_labels[nearest.indices]
    votes = (voters[:, :, None] == voters[:, None, :]).sum(2)
    winners = voters.gather(1, votes.argmax(1, keepdim=True)).squeeze(1)
    return (winners == test_labels).float().mean().item()


def train(loss, seconds, seed):
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    (pixels, labels), (test_pixels, test_labels) = (read_digits(folder, part, 5000) for part in ("train", "t10k"))
    images, classes = pictures(pixels), torch.from_numpy(labels.astype(np.int64))
    members = [np.flatnonzero(labels == c) for c in range(CLASSES)]
    net, criterion = make_net(), make_loss(loss)
    weights = [*net.parameters(), *criterion.parameters()]
    adam = torch.optim.AdamW(weights, lr=RATE, weight_decay=WEIGHT_DECAY, fused=True)
    started, iterations = time.perf_counter(), 0
    while (done := (time.perf_counter() - started) / seconds) < 1:
        adam.param_groups[0]["lr"] = RATE * one_cycle(done)
        batch = torch.from_numpy(np.concatenate([random.choice(m, EACH, replace=False) for m in members]))
        x = augmented(images[batch]).contiguous(memory_format=torch.channels_last)
        value = criterion(net(x), classes[batch])
        adam.zero_grad()
        value.backward()
        adam.step()
        iterations += 1
    took = time.perf_counter() - started
    gallery, queries = (features(net, part, loss) for part in (images, pictures(test_pixels)))
    accuracy = knn_accuracy(gallery, classes, queries, torch.from_numpy(test_labels.astype(np.int64)))
    return {"seconds": took, "accuracy": accuracy, "iterations": iterations}


serve({"train": train})
