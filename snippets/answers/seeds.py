"""Answers: what decides the first weights of a layer.

Run `python -m snippets.answers.seeds` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

def first_kernel(set_seed, seed):
    """Return the kernel of a new LSTM, after a seed was set."""
    set_seed(seed)
    layer = keras.layers.LSTM(4)
    layer.build((None, None, 3))
    return layer.get_weights()[0]

keras_seed, numpy_seed = keras.utils.set_random_seed, np.random.seed
one, again = first_kernel(keras_seed, 1), first_kernel(keras_seed, 1)
old, old_again = first_kernel(numpy_seed, 1), first_kernel(numpy_seed, 1)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "keras_seed": np.array_equal(one, again),
        "numpy_seed": np.array_equal(old, old_again),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("keras.utils.set_random_seed, twice the same:", v["keras_seed"])
    print("np.random.seed, twice the same:             ", v["numpy_seed"])


if __name__ == "__main__":
    main()
