"""If your numbers differ: the last state of the miniature under each mistake.

Run `python -m snippets.parallel_scan.traps` for the table of the page.
"""

import keras
import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.min_gru import min_gru, min_gru_gates
from snippets.layers.scan import combine, scan
from snippets.layers.scanned import MinGRU
from snippets.parallel_scan.miniature import W, b, x

SHUT = [-800.0, -798.0]                            # sums of gates i and f


def by_keras(function, axis=1):
    """Return the last h that Keras's scan gives for the miniature."""
    z, h_new = min_gru_gates(x, W, b)              # (N, T, u) each
    pairs = [keras.ops.convert_to_tensor(part)
             for part in (z, (1 - z) * h_new)]
    h = keras.ops.associative_scan(function, pairs, axis=axis)[1]
    return keras.ops.convert_to_numpy(h)[0, -1, 0]


def fails(steps):
    """Return whether Keras refuses a MinGRU after this keras.Input."""
    try:
        MinGRU(1)(keras.Input((steps, 1)))
    except Exception:                              # TensorFlow's own kind
        return True
    return False


# --8<-- [start:shares]
def share_of_f(p_i, p_f):
    """Return f / (i + f) from the sums of both gates, without a division."""
    log_i, log_f = -np.logaddexp(0, -p_i), -np.logaddexp(0, -p_f)
    return sigmoid(log_f - log_i)
# --8<-- [end:shares]


def values():
    """Return the values that the page quotes, by name."""
    z, h_new = min_gru_gates(x, W, b)              # (N, T, u) each
    with np.errstate(all="ignore"):
        i, f = sigmoid(np.array(SHUT))             # both become 0
        divided = f / (i + f)
        zeros = sigmoid(-np.arange(200, dtype="float32")) == 0
    flip = np.array([-1, 1])                       # sigma(-a) = 1 - sigma(a)
    return {
        "right": by_keras(combine),
        "z_takes": min_gru(x, W * flip, b * flip)[2][0, -1, 0],
        "without_share": scan(z, h_new)[0, -1, 0],
        "with_tanh": scan(z, (1 - z) * np.tanh(h_new))[0, -1, 0],
        "swapped": by_keras(lambda one, two: combine(two, one)),
        "axis_0": by_keras(combine, axis=0),
        "shut_nan": np.isnan(divided), "shut": share_of_f(*SHUT),
        "zero_32": -np.argmax(zeros),
        "unknown_T": fails(None), "known_T": fails(3),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "no_number": ("the quotient is no number", v["shut_nan"]),
        "refused": ("TensorFlow refuses a length of None",
                    v["unknown_T"] and not v["known_T"]),
    }


def main():
    """Print the last state under each mistake."""
    v = values()
    for name in ("right", "z_takes", "without_share", "with_tanh",
                 "swapped", "axis_0", "shut"):
        print(f"{name:14} {v[name]:z7.4f}")


if __name__ == "__main__":
    main()
