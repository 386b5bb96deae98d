"""The default job as a PyTorch script: torch_job.py DIGITS_FOLDER TRAIN_COUNT TEST_COUNT ITERATIONS

Loads the digits, trains, embeds the test images, prints the nine nearest of test image 7.
"""

import sys

import torch
from recipe import SIZES, read_digits
from torch_recipe import Training, embed

folder, (train_count, test_count, iterations) = sys.argv[1], map(int, sys.argv[2:])
pixels, labels = read_digits(folder, "train", train_count)
test_pixels, test_labels = read_digits(folder, "t10k", test_count)

training = Training(pixels, labels, SIZES["batch"], 1024)
losses = []
for iteration in range(1, iterations + 1):
    losses.append(training.step())
    if iteration == 1 or iteration % 100 == 0:
        print(f"iteration {iteration}: loss {losses[-1]:.4f}", flush=True)

features = embed(training.net, torch.from_numpy(test_pixels))
query = 7
distances = torch.linalg.vector_norm(features - features[query], dim=1)
distances[query] = torch.inf
nearest = distances.topk(9, largest=False)
for distance, index in zip(nearest.values, nearest.indices):
    print(f"image {int(index)}, class {test_labels[index]}, distance {distance:.4f}")
