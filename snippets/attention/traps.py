"""Attention, if your numbers differ: the context under each mistake.

Run `python -m snippets.attention.traps` for the table of the page. The
numbers are c_0 of the miniature of snippets/attention/miniature.py.
"""

import keras
import numpy as np

from snippets.attention.masks import padded, zeros
from snippets.attention.miniature import alpha, d, e, h, v
from snippets.layers.attention import additive_scores, dot_scores, look

# --8<-- [start:order]
key, value = h, np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])  # (T, u) each


def three(*tensors):
    """Return the context (u,) of Keras's layer for a list of three."""
    layer = keras.layers.Attention(dtype="float64")
    return np.array(layer([tensor[None] for tensor in tensors]))[0, 0]


right_order = three(d, value, key)        # Keras: query, value, key
wrong_order = three(d, key, value)        # what PyTorch would be given
# --8<-- [end:order]


def values():
    """Return the values that the page quotes, by name."""
    turned = keras.layers.Attention(dtype="float64")([h[None], d[None]])
    return {
        "right": (alpha @ h)[0],
        "scaled": look(dot_scores(d, h, 1 / np.sqrt(2)), h)[1][0],
        "axis": h.sum(axis=0),            # one query: each weight is 1
        "no_softmax": (e @ h)[0],
        "mean": h.mean(axis=0),           # all scores equal
        "padded": padded(zeros)[1],
        "additive": look(additive_scores(d, h, v), h)[1][0],
        "additive_ones": look(additive_scores(d, h, np.ones(2)), h)[1][0],
        "right_order": right_order, "wrong_order": wrong_order,
        "by_hand_order": look(dot_scores(d, key), value)[1][0],
        "turned": np.array(turned)[0],    # (T, u)
    }


def claims(found):
    """Return what the page says of these values, and whether it is true."""
    return {
        "rows": ("every row is the decoder's state",
                 np.allclose(found["turned"], d, rtol=0, atol=1e-12)),
        "order": ("the first of them is what the equations give",
                  np.allclose(found["right_order"], found["by_hand_order"],
                              rtol=0, atol=1e-12)),
    }


def main():
    """Print the contexts, right and wrong."""
    for name, numbers in values().items():
        if numbers.shape == (2,):
            print(f"{name:14}", *(f"{number:z7.4f}" for number in numbers))


if __name__ == "__main__":
    main()
