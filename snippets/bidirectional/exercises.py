"""Both ways: the answers of the exercises.

Run `python -m snippets.bidirectional.exercises` to see them all.
"""

import keras
import numpy as np

from snippets.bidirectional.by_hand import as_arrays, both_ways
from snippets.bidirectional.miniature import forward


def parameters(merge_mode):
    """Return the parameters of the layer and of the one above it."""
    model = keras.Sequential([
        keras.Input((None, 8)),
        keras.layers.Bidirectional(keras.layers.GRU(16), merge_mode),
        keras.layers.Dense(3),
    ])
    return np.array([layer.count_params() for layer in model.layers])


def values():
    """Return the values that the page quotes, by name."""
    palindrome = np.array([[[1.0], [0.0], [1.0]]])       # (N, T, m)
    there, back = both_ways(palindrome, as_arrays(*forward) * 2)
    return {"there": there[0, :, 0], "back": back[0, :, 0],
            "concat": parameters("concat"), "sum": parameters("sum")}


def main():
    """Print the answers."""
    for name, value in values().items():
        print(name, value)


if __name__ == "__main__":
    main()
