"""Asks TensorFlow and Keras for the features that SavedModels give, and prints them as JSON."""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf

folder = sys.argv[1]


def features(name):
    with open(os.path.join(folder, f"{name}.json")) as file:
        images = np.array(json.load(file), dtype=np.float32)
    path = os.path.join(folder, f"{name}-saved-model")
    call = tf.saved_model.load(path).signatures["serving_default"]
    layer = keras.layers.TFSMLayer(path, call_endpoint="serving_default")
    model = keras.Sequential([keras.Input(images.shape[1:]), layer])
    return {
        "tensorflow": call(images=tf.constant(images))["features"].numpy().tolist(),
        "keras": model.predict(images, verbose=0)["features"].tolist(),
    }


print(json.dumps({name: features(name) for name in sys.argv[2:]}))
