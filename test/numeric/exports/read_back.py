"""Reads every export in a folder with the tool that it is for and prints what they say as JSON."""

import glob
import json
import os
import sys

import numpy as np
import onnx
import onnxruntime
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from google.protobuf import text_format
from tensorboard.plugins.projector.projector_config_pb2 import ProjectorConfig

folder = sys.argv[1]
at = lambda *names: os.path.join(folder, *names)


def encode(name):
    with open(at(f"{name}.json")) as file:
        images = np.array(json.load(file), dtype=np.float32)
    path = at(f"{name}.onnx")
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    return onnxruntime.InferenceSession(path).run(["features"], {"images": images})[0].tolist()


def arrays(of):
    return {key: of[key].tolist() for key in ["train_features", "train_labels", "test_features", "test_labels", "classes"]}


log = EventAccumulator(at("tensorboard"), size_guidance={"scalars": 0})
log.Reload()
with open(at("tensorboard", "projector_config.pbtxt")) as file:
    projector = text_format.Parse(file.read(), ProjectorConfig()).embeddings[0]
vectors = np.loadtxt(at("tensorboard", projector.tensor_path), delimiter="\t", ndmin=2)
npy = {os.path.basename(path)[:-4]: np.load(path) for path in glob.glob(at("npy", "*.npy"))}
print(
    json.dumps(
        {
            "onnx": {name: encode(name) for name in sys.argv[2:]},
            "npz": arrays(np.load(at("run.npz"))),
            "npy": arrays(npy),
            "scalars": {tag: [[event.step, event.value] for event in log.Scalars(tag)] for tag in log.Tags()["scalars"]},
            "vectors": vectors.tolist(),
        }
    )
)
