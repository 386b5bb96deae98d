"""PyTorch: torch_peer.py DIGITS_FOLDER. Commands: prepare, train, embed_prepare, embed."""

import sys

import torch
from protocol import serve, timed
from recipe import read_digits
from torch_recipe import Training, embed, make_net

folder = sys.argv[1]
work = None


def prepare(kind, batchSize, hidden):
    """kind: fused, plain, two-passes or products (the eight matrix products of an iteration and nothing else)."""
    global work
    if kind == "products":
        work = iteration_products(2 * batchSize, [784, hidden, hidden, 2])
    else:
        pixels, labels = read_digits(folder, "train", 5000)
        training = Training(pixels, labels, batchSize, hidden, kind == "fused", 2 if kind == "two-passes" else 1)
        work = training.step
    work()
    return {}


def matrices(rows, sizes):
    inputs = [torch.randn(rows, size) for size in sizes[:-1]]
    kernels = [torch.randn(a, b) for a, b in zip(sizes, sizes[1:])]
    return inputs, kernels


def iteration_products(rows, sizes):
    inputs, kernels = matrices(rows, sizes)
    slopes = [torch.randn(rows, size) for size in sizes[1:]]

    def products():
        with torch.inference_mode():
            for l, kernel in enumerate(kernels):
                inputs[l] @ kernel
                inputs[l].T @ slopes[l]
                if l > 0:
                    slopes[l] @ kernel.T

    return products


def embed_prepare(kind, count, rows):
    """kind: net (embeds count images) or products (the forward matrix products of as many rows, on the same ones)."""
    global work
    if kind == "products":
        inputs, kernels = matrices(rows, [784, 1024, 1024, 2])

        def products():
            with torch.inference_mode():
                for _ in range(count // rows):
                    for x, kernel in zip(inputs, kernels):
                        x @ kernel

        work = products
    else:
        net = make_net(1024)
        pixels = torch.from_numpy(read_digits(folder, "train", count)[0])
        work = lambda: embed(net, pixels, rows)
    return {}


def take(turnMs):
    return {"ms": timed(turnMs, work)}


serve({"prepare": prepare, "train": take, "embed_prepare": embed_prepare, "embed": take})
