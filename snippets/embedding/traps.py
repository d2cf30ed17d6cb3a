"""What goes wrong with an embedding, and what its sizes are.

Run `python -m snippets.embedding.traps` for the output of the page.
Shapes: N samples, T steps, V rows of the table, m numbers in a row.
"""

import re
import warnings

import keras
import numpy as np

from snippets.embedding.miniature import E, keras_embedding, one_hot

# --8<-- [start:sizes]
V, m = 10_000, 64                         # a vocabulary of words
N, T = 32, 20                             # sentences, words in each
NUMBER = 4                                # bytes of a float32 or an int32
indices = N * T * NUMBER                  # bytes of the indices
one_hot_rows = N * T * V * NUMBER         # bytes of the same, one-hot
products = N * T * V * m                  # products of one-hot rows and E
u = 128                                   # units of an LSTM behind it
# --8<-- [end:sizes]


def looked_up(index):
    """Return what Keras makes of one index, or the error that it raises."""
    try:
        return np.array(keras_embedding(dtype="float64")(np.array([[index]])))
    except Exception as error:            # its kind depends on the backend
        return str(error)


# --8<-- [start:pretrained]
def pretrained(table):
    """Return an embedding that begins with a table, and keeps it."""
    return keras.layers.Embedding(
        *table.shape, trainable=False,
        embeddings_initializer=keras.initializers.Constant(table))
# --8<-- [end:pretrained]


def old_argument():
    """Return what Keras says of the argument input_length."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        keras.layers.Embedding(4, 2, input_length=3)
    return " ".join(str(one.message) for one in told)


def values():
    """Return the values that the page quotes, by name."""
    outside = re.search(r"indices\S* = 4 is not in \S+ \d\)",
                        str(looked_up(4)))
    kept = pretrained(E)
    given = keras.layers.Embedding(4, 2, weights=[E], trainable=False)
    rows = np.array(keras.layers.Embedding(V, m)(np.arange(V)))
    return {
        "refused": bool(outside),
        "last": np.array_equal(looked_up(-1)[0, 0], E[-1]),
        "cut": np.array_equal(looked_up(2.9)[0, 0], E[2]),
        "fed_one_hot": np.array(keras_embedding()(one_hot).shape),
        "begins": all(np.allclose(np.array(layer(np.arange(4))), E)
                      for layer in (kept, given)),
        "trained": len(kept.trainable_weights),
        "table": V * m, "megabytes": one_hot_rows / 1e6,
        "limit": keras.initializers.get("uniform").maxval,
        "lowest": keras.initializers.get("uniform").minval,
        "inside": bool(np.all(np.abs(rows) <= 0.05)),
        "deprecated": "deprecated" in old_argument(),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "error": ("raises an error", v["refused"]),
        "last_row": ("gives the last row", v["last"]),
        "cuts": ("are cut off without a word", v["cut"]),
        "same_start": ("Both begin with the table", v["begins"]),
        "not_trained": ("not trained", v["trained"] == 0),
        "told": ("warns that it is deprecated", v["deprecated"]),
        "small": ("between", v["inside"]),
    }


def main():
    """Print the sizes of the page."""
    v = values()
    print(f"table: {v['table']} parameters")
    print(f"one-hot rows: {v['megabytes']:.1f} million bytes")


if __name__ == "__main__":
    main()
