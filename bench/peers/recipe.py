"""The recipe's parts that need no framework: the digits, pairs, first weights. NumPy only."""

import gzip

import numpy as np

SIZES = {"margin": 0.3, "batch": 180, "rate": 1e-4, "beta1": 0.9, "beta2": 0.99, "epsilon": 1e-8}


def read_idx(path, count=None):
    """The first count entries of a gzipped IDX file of bytes."""
    with gzip.open(path) as file:
        head = file.read(4)
        shape = np.frombuffer(file.read(4 * head[3]), ">i4").tolist()
        if count is not None:
            shape[0] = count
        entries = np.empty(shape, np.uint8)
        rest = memoryview(entries).cast("B")
        # In pieces: read at once, a second copy would count as PyTorch's peak memory.
        while rest:
            read = file.readinto(rest[: 1 << 20])
            if read == 0:
                raise EOFError(f"{path} ends too early.")
            rest = rest[read:]
        return entries


def read_digits(folder, part, count):
    """Pixels [count, 784] and labels [count] of "train" or "t10k"."""
    pixels = read_idx(f"{folder}/{part}-images-idx3-ubyte.gz", count)
    labels = read_idx(f"{folder}/{part}-labels-idx1-ubyte.gz", count)
    return pixels.reshape(count, -1), labels


class Pairs:
    """Draws pairs as the recipe does, a whole batch at a time: half of them similar, classes uniformly."""

    def __init__(self, labels, seed=1):
        self.random = np.random.default_rng(seed)
        self.order = np.argsort(labels, kind="stable")
        self.counts = np.bincount(labels)
        self.starts = np.cumsum(self.counts) - self.counts

    def draw(self, count):
        """Indices [2 count], all first images, then all second ones, and y [count], 1 for similar."""
        random, classes = self.random, len(self.counts)
        similar = random.random(count) < 0.5
        first = random.integers(classes, size=count)
        second = np.where(similar, first, (first + random.integers(1, classes, size=count)) % classes)
        a = random.integers(self.counts[first])
        # Another image of the same class: any but `a`, counted from behind it.
        other = (a + 1 + random.integers(self.counts[first] - 1)) % self.counts[first]
        b = np.where(similar, other, random.integers(self.counts[second]))
        indices = np.concatenate([self.starts[first] + a, self.starts[second] + b])
        return self.order[indices], similar.astype(np.float32)


def he_layers(sizes, seed=1):
    """Kernels [inputs, outputs], normal with variance 2 / inputs, and zero biases [outputs]."""
    random = np.random.default_rng(seed)
    return [
        (random.normal(0, np.sqrt(2 / a), (a, b)).astype(np.float32), np.zeros(b, np.float32))
        for a, b in zip(sizes, sizes[1:])
    ]
