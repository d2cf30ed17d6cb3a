"""Inside an RNN layer: a loss at each step, their sum and their mean.

Run `python -m snippets.inside_an_rnn_layer.loss` for the page's outputs.
"""

import keras
import numpy as np

from snippets.inside_an_rnn_layer.model import U, W, W_y, b, b_y
from snippets.layers.simple_rnn import simple_rnn
from snippets.reber.strings import SYMBOLS, legal, one_hot


# --8<-- [start:softmax]
def softmax(s):
    """Return probabilities (..., m') for the sums s (..., m')."""
    e = np.exp(s - s.max(axis=-1, keepdims=True))  # none above e^0 = 1
    return e / e.sum(axis=-1, keepdims=True)       # (..., m')
# --8<-- [end:softmax]


# --8<-- [start:losses]
def next_symbols(*strings):
    """Return the numbers (N, T) of the symbols 1, 2, ... of each string."""
    return np.array([[SYMBOLS.index(s) for s in string[1:]]
                     for string in strings])


def losses_of_states(h, y):
    """Return -ln(probability of y), (N, T), for states h (N, T, u)."""
    p = softmax(h @ W_y + b_y)                     # (N, T, m')
    right = np.take_along_axis(p, y[..., None], axis=-1)  # (N, T, 1)
    return -np.log(right[..., 0])                  # (N, T)


def loss_of_states(h, y):
    """Return the sum of the losses of all steps."""
    return losses_of_states(h, y).sum()
# --8<-- [end:losses]


# --8<-- [start:strings]
STRINGS = "BTSXSE", "BPVPSE"
x = np.array([one_hot(string[:-1]) for string in STRINGS])  # (2, 5, 7)
y = next_symbols(*STRINGS)                         # (N, T) = (2, 5)
# --8<-- [end:strings]


# --8<-- [start:keras]
def with_keras(y, p, weight=None):
    """Return Keras's loss for p (N, T, 7) with each of its reductions."""
    return {str(reduction): np.array(
        keras.losses.SparseCategoricalCrossentropy(reduction=reduction)(
            y, p, sample_weight=weight))
        for reduction in (None, "sum", "sum_over_batch_size",
                          "mean_with_sample_weight")}
# --8<-- [end:keras]


def values():
    """Return the values that the page quotes, by name."""
    h = simple_rnn(x, W, U, b)                     # (N, T, u)
    s = h @ W_y + b_y                              # (N, T, m')
    p = softmax(s)
    L = losses_of_states(h, y)                     # (N, T)
    found = with_keras(y, p)
    ways = np.array([legal(string)[:-1].sum(axis=1) for string in STRINGS])
    weight = np.array([[1, 1, 1, 1, 1], [1, 1, 0, 0, 0]])
    weighted = with_keras(y, p, weight)
    return {
        "h": h[0], "s_2": s[0, 2], "e_2": np.exp(s[0, 2]),
        "e_2_sum": np.exp(s[0, 2]).sum(), "p_2": p[0, 2],
        "right": np.exp(-L), "L": L, "L_sum": L.sum(axis=1),
        "L_mean": L.mean(axis=1), "total": L.sum(), "mean": L.mean(),
        "best": np.log(ways), "best_sum": np.log(ways).sum(axis=1),
        "string_probability": np.exp(-L.sum(axis=1)),
        "keras_each": found["None"], "keras_sum": found["sum"],
        "keras_mean": found["sum_over_batch_size"],
        "same": np.allclose(found["None"], L, rtol=0, atol=1e-6),
        "counted": weight.sum(), "counted_each": weight.sum(axis=1),
        "places": y.size, "steps": y.shape[1], "length": len(STRINGS[0]),
        "choices": (ways[0] > 1).sum(), "other_symbols": len(SYMBOLS) - 1,
        "ways_best": ways.prod(axis=1),
        "weighted_sum": weighted["sum"],
        "weighted_default": weighted["sum_over_batch_size"],
        "weighted_mean": weighted["mean_with_sample_weight"],
        "uniform": np.log(7.0),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    S, X, E = (SYMBOLS.index(symbol) for symbol in "SXE")
    after_two, after_four = softmax(v["h"][[2, 4]] @ W_y + b_y)
    return {
        "expects": ("about equally, and next to nothing else",
                    min(after_two[[S, X]]) > 0.45
                    and 1 - after_two[[S, X]].sum() < 0.01),
        "tells": ("After the first the model expects S or X, after the second E",
                  min(after_two[[S, X]]) > 0.45 and after_four[E] > 0.9),
        "diluted": ("looks better", v["weighted_default"]
                    < v["weighted_mean"]),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z.4f}".format})
    print("# keras")
    print("each step:", v["keras_each"][0])
    print("          ", v["keras_each"][1])
    print("by hand the same:", v["same"])
    print(f"sum:  {v['keras_sum']:.4f}")
    print(f"mean: {v['keras_mean']:.4f}, the default")


if __name__ == "__main__":
    main()
