"""Normalising states: the answers of the exercises.

Run `python -m snippets.normalisation.exercises` to see them all.
"""

import keras
import numpy as np

from snippets.normalisation.cell import U, W, beta, gamma, normed_rnn, x
from snippets.normalisation.miniature import batch_norm, h, layer_norm


def counts(u=16):
    """Return all parameters and the trained ones of each norm."""
    found = []
    for layer in (keras.layers.LayerNormalization(),
                  keras.layers.BatchNormalization()):
        layer.build((None, None, u))
        found.append([layer.count_params(),
                      sum(np.prod(w.shape) for w in layer.trainable_weights)])
    return np.array(found)


def values():
    """Return the values that the page quotes, by name."""
    twice = normed_rnn(x, 2 * W, 2 * U, gamma, beta, epsilon=0.0)
    once = normed_rnn(x, W, U, gamma, beta, epsilon=0.0)
    one = h[:1, :1]                              # (N, T, u) = (1, 1, 3)
    return {
        "counts": counts(),
        "alone": batch_norm(one)[0, 0], "alone_layer": layer_norm(one)[0, 0],
        "same_sizes": np.allclose(twice[1:], once[1:], rtol=0, atol=1e-12),
        "sums": twice[0, 0, 0],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"nothing": ("nothing but the sums changes", v["same_sizes"])}


def main():
    """Print the answers."""
    v = values()
    print("parameters, trained ones:", *map(list, v["counts"].tolist()))
    for name in ("alone", "alone_layer", "sums"):
        print(name, *(f"{a:z.3f}" for a in v[name]))
    print("nothing but the sums changes:", v["same_sizes"])


if __name__ == "__main__":
    main()
