"""Masks in losses and metrics: only real steps count.

Run `python -m snippets.variable_lengths.loss` for the output of the page.
"""

import keras
import numpy as np

from snippets.layers.dense import dense
from snippets.layers.simple_rnn import simple_rnn
from snippets.reber.strings import one_hot
from snippets.variable_lengths.padding import STRINGS, pad


# --8<-- [start:pairs]
def pairs(strings):
    """Return x and y (N, T, 7): y is the next symbol of each step."""
    x, _ = pad([one_hot(string[:-1]) for string in strings])
    y, _ = pad([one_hot(string[1:]) for string in strings])
    return x, y
# --8<-- [end:pairs]


# --8<-- [start:model]
def build_model(masking=True):
    """Return a model (N, T, 7) to (N, T, 7) with weights drawn by NumPy."""
    mask = [keras.layers.Masking()] if masking else []
    model = keras.Sequential([
        keras.Input((None, 7)), *mask,
        keras.layers.SimpleRNN(4, return_sequences=True),
        keras.layers.Dense(7, activation="softmax")])
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(0, 0.6, weights.shape)
                       for weights in model.get_weights()])
    model.compile(loss="categorical_crossentropy", run_eagerly=True,
                  metrics=["categorical_crossentropy", "accuracy"],
                  optimizer=keras.optimizers.SGD(0.0))   # fit changes nothing
    return model
# --8<-- [end:model]


# --8<-- [start:by_hand]
def step_losses(x, y, W, U, b, W_y, b_y):
    """Return the loss of each step and if its answer is right, (N, T)."""
    z = dense(simple_rnn(x, W, U, b), W_y, b_y)[0]       # (N, T, 7)
    e = np.exp(z - z.max(-1, keepdims=True))             # (N, T, 7)
    p = e / e.sum(-1, keepdims=True)                     # (N, T, 7): softmax
    losses = -(y * np.log(p)).sum(-1)                    # (N, T)
    return losses, p.argmax(-1) == y.argmax(-1)
# --8<-- [end:by_hand]


def values():
    """Return the values that the page quotes, by name."""
    x, y = pairs(STRINGS)
    model = build_model()
    losses, right = step_losses(x, y, *model.get_weights())
    real = x.any(-1)                                     # (N, T): the mask
    plain = build_model(masking=False)
    everything, two, unmasked = np.float32([             # as Keras computes
        model.evaluate(x, y, batch_size=3, verbose=0),
        model.evaluate(x, y, batch_size=2, verbose=0),
        plain.evaluate(x, y, batch_size=3, verbose=0)])
    alone = losses.sum(1) / real.sum(1)                  # (N,)
    first, last = losses[:2][real[:2]].mean(), losses[2:][real[2:]].mean()
    return {
        "losses": losses, "real": real, "steps": real.sum(),
        "cells": real.size, "steps_each": real.sum(1), "lengths": 1 + real.sum(1),
        "sum": losses[real].sum(), "mean": losses[real].mean(),
        "accuracy": right[real].mean(), "right": right[real].sum(),
        "keras": everything[0], "keras_accuracy": everything[2],
        "unmasked": unmasked[0], "unmasked_accuracy": unmasked[2],
        "diluted": losses[real].sum() / real.size,
        "alone": alone, "mean_of_means": alone.mean(),
        "first": first, "last": last,
        "two_loss": two[0], "two_metric": two[1],
        "two_by_hand": (2 * first + last) / 3,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    counted = v["unmasked_accuracy"] * v["cells"]        # padded ones, too
    return {"never": ("Here it never does", np.isclose(counted, v["right"]))}


def main():
    """Print the outputs that the page shows, below its name."""
    v = values()
    print("# steps")
    for string, losses, real in zip(STRINGS, v["losses"], v["real"]):
        print(f"{string:10}", *(f"{loss:z.3f}" if kept else "  -  "
                                for loss, kept in zip(losses, real)))


if __name__ == "__main__":
    main()
