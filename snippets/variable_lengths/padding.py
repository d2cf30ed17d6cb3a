"""Strings of different lengths in one batch: padding and masks, measured.

Run `python -m snippets.variable_lengths.padding` for the outputs of the page.
Shapes: N strings, T steps, m = 7 symbols, u units.
Source: the Keras guide "Understanding masking & padding".
"""

import keras
import numpy as np

from snippets.reber.strings import one_hot

# --8<-- [start:strings]
STRINGS = ["BTXSE", "BPTVPSE", "BTSSXXTVVE"]       # 5, 7 and 10 symbols
# --8<-- [end:strings]


# --8<-- [start:pad]
def pad(arrays, padding="post"):
    """Return x (N, T, m), filled up with zeros, and the mask (N, T).

    arrays are of shape (T_n, m); T is the longest of the T_n. The mask is
    true at real steps, as Keras has it; "pre" pads before, "post" after.
    """
    T = max(len(array) for array in arrays)
    x = np.zeros((len(arrays), T, arrays[0].shape[1]))  # (N, T, m)
    mask = np.zeros((len(arrays), T), bool)             # (N, T)
    for n, array in enumerate(arrays):
        start = T - len(array) if padding == "pre" else 0
        x[n, start:start + len(array)] = array
        mask[n, start:start + len(array)] = True
    return x, mask
# --8<-- [end:pad]


# --8<-- [start:layer]
LAYERS = {"SimpleRNN": keras.layers.SimpleRNN,
          "LSTM": keras.layers.LSTM,
          "GRU": keras.layers.GRU}


def make_layer(name, dtype="float64", **options):
    """Return a layer of 4 units for 7 inputs, its weights drawn by NumPy."""
    layer = LAYERS[name](4, dtype=dtype, **options)
    layer.build((None, None, 7))
    rng = np.random.default_rng(0)
    layer.set_weights([rng.normal(0, 0.6, weights.shape)
                       for weights in layer.get_weights()])
    return layer
# --8<-- [end:layer]


# --8<-- [start:off]
def off_by(layer):
    """Return how far each padding moves a last state, at most.

    {"pre": ..., "pre_masked": ..., "post": ..., "post_masked": ...}
    """
    arrays = [one_hot(string) for string in STRINGS]        # (T_n, 7) each
    alone = np.array([layer(a[None])[0] for a in arrays])   # (N, u)
    x, mask = (np.concatenate(both) for both in             # (2N, T, m) and
               zip(pad(arrays, "pre"), pad(arrays, "post")))  # (2N, T)
    off = {}
    for key, given in (("", None), ("_masked", mask)):
        h = np.array(layer(x, mask=given))                  # (2N, u)
        h = h.reshape(2, *alone.shape)                      # (2, N, u)
        off[f"pre{key}"], off[f"post{key}"] = np.abs(h - alone).max((1, 2))
    return off
# --8<-- [end:off]


# --8<-- [start:three_ways]
def three_ways(recurrent):
    """Return the last states (N, u) with the mask given in three ways."""
    x, mask = pad([one_hot(string) for string in STRINGS])
    masking = keras.layers.Masking(dtype="float64")       # masks rows of zeros
    symbols = np.where(mask, x.argmax(-1) + 1, 0)         # (N, T): 0 is padding
    embedding = keras.layers.Embedding(8, 7, mask_zero=True, dtype="float64")
    embedding.build()
    embedding.set_weights([np.eye(8)[:, 1:]])             # (8, 7): one-hot
    return [np.array(h) for h in (recurrent(x, mask=mask),
                                  recurrent(masking(x)),
                                  recurrent(embedding(symbols)))]
# --8<-- [end:three_ways]


def values():
    """Return the values that the page quotes, by name."""
    lengths = np.array([len(string) for string in STRINGS])
    symbols, cells = lengths.sum(), len(lengths) * lengths.max()
    ways = np.array(three_ways(make_layer("LSTM")))         # (3, N, u)
    v = {"lengths": lengths, "symbols": symbols, "cells": cells,
         "padding": 100 * (1 - symbols / cells),
         "ways_same": np.array_equal(ways, ways[[0, 0, 0]])}
    for name in LAYERS:
        off = off_by(make_layer(name))
        v |= {f"{name}_{key}": number for key, number in off.items()}
    return v


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "ways": ("All three give the same last states", v["ways_same"]),
        "masked": ("before or after makes no difference", all(
            v[f"{name}_{key}_masked"] < 1e-7
            for name in LAYERS for key in ("pre", "post"))),
        "after_worse": ("is the worse of the two", all(
            v[f"{name}_post"] > 1.5 * v[f"{name}_pre"] for name in LAYERS)),
    }


def main():
    """Print the mask of both paddings, as the page shows it."""
    print("# masks")
    for padding in ("post", "pre"):
        print(f'padding="{padding}"')
        mask = pad([one_hot(string) for string in STRINGS], padding)[1]
        for string, row in zip(STRINGS, mask):
            print(f"{string:10}", *row.astype(int))


if __name__ == "__main__":
    main()
