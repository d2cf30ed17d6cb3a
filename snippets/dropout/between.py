"""A Dropout layer between two layers: a mask for each step, or one for all.

Run `python -m snippets.dropout.between` for the output of the page.
Shapes: N samples, T steps, u units.
"""

import keras
import numpy as np

# --8<-- [start:layers]
below = np.ones((1, 4, 6))                # (N, T, u): what a layer put out

each_step = keras.layers.Dropout(0.5, seed=5)
all_steps = keras.layers.Dropout(0.5, noise_shape=(1, 1, 6), seed=5)
spatial = keras.layers.SpatialDropout1D(0.5, seed=5)
# --8<-- [end:layers]


def left(layer):
    """Return what a new layer of this kind and seed leaves, (T, u)."""
    new = type(layer).from_config(layer.get_config())
    return np.array(new(below, training=True))[0]


def next_layer(dropout):
    """Return what a simple RNN reads of ones when it has dropout itself."""
    rnn = keras.layers.SimpleRNN(
        6, activation="linear", kernel_initializer=keras.initializers.Constant(
            np.eye(6)), recurrent_initializer="zeros", dropout=dropout,
        return_sequences=True, seed=5)
    return np.array(rnn(below, training=True))


def values():
    """Return the values that the page quotes, by name."""
    return {
        "each": left(each_step), "all": left(all_steps),
        "spatial": left(spatial),
        "itself": next_layer(0.5)[0],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    def constant(rows):
        return np.all(rows == rows[0])

    return {
        "new": ("draws anew for every step", not constant(v["each"])),
        "kept": ("one mask for all steps", all(
            constant(v[name]) for name in ("all", "spatial", "itself"))),
    }


def main():
    """Print what each of them leaves of ones, a line for each step."""
    v = values()
    for name in ("each", "all"):
        print("#", name)
        for row in v[name]:
            print(" ".join(f"{n:z.0f}" for n in row))


if __name__ == "__main__":
    main()
