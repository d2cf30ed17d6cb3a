"""Traps of padding and masks, each with its number.

Run `python -m snippets.variable_lengths.traps` for the outputs of the page.
"""

import keras
import numpy as np

from snippets.lstm.miniature import U, W, b, x
from snippets.reber.strings import SYMBOLS, one_hot
from snippets.variable_lengths.padding import make_layer


# --8<-- [start:zero]
def last_state(masking):
    """Return the miniature's last state (one number) behind a layer."""
    lstm = keras.layers.LSTM(1)
    lstm.build((None, 3, 1))
    lstm.set_weights([W, U, b])
    return np.array(lstm(masking(x[None])))[0, 0]        # x: 1, 0, -1
# --8<-- [end:zero]


def read_symbols(string, first):
    """Return the last state (u,) if symbols are counted from `first`."""
    index = [SYMBOLS.index(symbol) + first for symbol in string]
    table = np.zeros((7 + first, 7))                     # (rows, 7)
    table[first:] = np.eye(7)                            # one-hot
    embedding = keras.layers.Embedding(*table.shape, mask_zero=True,
                                       dtype="float64")
    embedding.build()
    embedding.set_weights([table])
    return np.array(make_layer("GRU")(embedding(np.array([index]))))[0]


# --8<-- [start:pad_sequences]
def padded():
    """Return what pad_sequences makes of whole numbers and of decimals."""
    whole = [[1], [2, 3], [4, 5, 6]]
    return (keras.utils.pad_sequences(whole),
            keras.utils.pad_sequences(whole, maxlen=2),
            keras.utils.pad_sequences([[0.5, 0.7], [0.2]]),
            keras.utils.pad_sequences([[0.5, 0.7], [0.2]], dtype="float32",
                                      padding="post"))
# --8<-- [end:pad_sequences]


# --8<-- [start:zero_output]
def only_the_last(**options):
    """Return the one output (u,) of an LSTM for a string and one padding."""
    x = np.pad(one_hot("BTXSE"), ((0, 1), (0, 0)))[None]  # (1, 6, 7)
    return np.array(make_layer("LSTM", **options)(x, mask=x.any(-1)))[0]
# --8<-- [end:zero_output]


def values():
    """Return the values that the page quotes, by name."""
    right = np.array(make_layer("GRU")(one_hot("BTXSE")[None]))[0]
    return {
        "zero_masked": last_state(keras.layers.Masking()),
        "other_value": last_state(keras.layers.Masking(mask_value=-9.0)),
        "index_zero": np.abs(read_symbols("BTXSE", 0) - right).max(),
        "index_one": np.abs(read_symbols("BTXSE", 1) - right).max(),
        "zero_output": np.abs(
            only_the_last(zero_output_for_mask=True)).max(),
        "output": np.abs(only_the_last()).max(),
    }


def main():
    """Print the output that the page shows, below its name."""
    np.set_printoptions(formatter={"float": "{:z.1f}".format})
    print("# pad_sequences")
    for array in padded():
        print(array)
    np.set_printoptions()


if __name__ == "__main__":
    main()
