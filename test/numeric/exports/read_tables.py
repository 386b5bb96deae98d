"""Reads a run's table with pandas and its weights with the package safetensors, and prints what they say as JSON."""

import json
import os
import sys

import pandas
from safetensors.numpy import load_file

folder = sys.argv[1]
table = pandas.read_csv(os.path.join(folder, "features.csv"))
weights = load_file(os.path.join(folder, "run", "weights.safetensors"))
print(
    json.dumps(
        {
            "table": table.to_dict("list"),
            "weights": {
                name: {"type": str(array.dtype), "shape": array.shape, "values": array.ravel().tolist()}
                for name, array in weights.items()
            },
        }
    )
)
