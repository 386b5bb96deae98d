"""Keras on TensorFlow: keras_peer.py DIGITS_FOLDER. Commands: prepare, train, embed_prepare, embed."""

import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402
from protocol import serve, timed  # noqa: E402
from recipe import SIZES, Pairs, he_layers, read_digits  # noqa: E402

folder = sys.argv[1]
work = None


def make_net(hidden):
    layers = [keras.Input((784,), dtype="uint8"), keras.layers.Rescaling(1 / 255)]
    weights = he_layers([784, hidden, hidden, 2])
    layers += [keras.layers.Dense(len(bias), "relu" if len(bias) > 2 else None) for _, bias in weights]
    net = keras.Sequential(layers)
    net.set_weights([array for pair in weights for array in pair])
    return net


def prepare(kind, batchSize, hidden):
    """The step is compiled to a graph, one forward pass for both images of every pair."""
    global work
    pixels, labels = read_digits(folder, "train", 5000)
    net, pairs, data = make_net(hidden), Pairs(labels), tf.constant(pixels)
    adam = keras.optimizers.Adam(SIZES["rate"], SIZES["beta1"], SIZES["beta2"], SIZES["epsilon"])
    adam.build(net.trainable_variables)

    @tf.function
    def step(indices, y):
        with tf.GradientTape() as tape:
            f1, f2 = tf.split(net(tf.gather(data, indices), training=True), 2)
            squares = tf.reduce_sum(tf.square(f1 - f2), 1) + 1e-6
            shortfall = tf.nn.relu(SIZES["margin"] - tf.sqrt(squares))
            loss = 0.5 * tf.reduce_sum(y * squares + (1 - y) * tf.square(shortfall))
        gradients = tape.gradient(loss, net.trainable_variables)
        adam.apply_gradients(zip(gradients, net.trainable_variables))
        return loss

    def iteration():
        indices, similar = pairs.draw(batchSize)
        return float(step(tf.constant(indices), tf.constant(similar)))

    work = iteration
    work()
    return {}


def embed_prepare(kind, count, rows):
    global work
    net, pixels = make_net(1024), read_digits(folder, "train", count)[0]
    work = lambda: net.predict(pixels, batch_size=rows, verbose=0)
    return {}


def take(turnMs):
    return {"ms": timed(turnMs, work)}


serve({"prepare": prepare, "train": take, "embed_prepare": embed_prepare, "embed": take})
