"""Recurrences of today: an sLSTM of one unit, with and without stabiliser.

Run `python -m snippets.recurrences_of_today.slstm` for the page's output.
Source: Beck et al. (2024), https://arxiv.org/abs/2405.04517.
"""

import keras
import numpy as np

from snippets.layers.lstm import lstm
from snippets.layers.slstm import SLSTMCell, plain_slstm_step, slstm
from snippets.lstm.miniature import U, W, b

# --8<-- [start:miniature]
x = np.array([[[1.0], [-1.0], [1.0]]])    # (N, T, m) = (1, 3, 1)
# W, U and b are those of the LSTM in Part D: i, f, c_new, o
# --8<-- [end:miniature]

NAMES = ["i", "f", "c_new", "o", "c", "n", "m", "h"]
PLAIN = ["i", "f", "c_new", "o", "c", "n", "h"]


# --8<-- [start:keras]
def keras_slstm(x, W, U, b, dtype="float32"):
    """Return all states h (N, T, u) of Keras's loop over our cell."""
    cell = SLSTMCell(len(U), dtype=dtype)
    layer = keras.layers.RNN(cell, return_sequences=True, dtype=dtype)
    layer.build(x.shape)
    layer.set_weights([W, U, b])
    return keras.ops.convert_to_numpy(layer(x))
# --8<-- [end:keras]


def values():
    """Return the values that the page quotes, by name."""
    safe = dict(zip(NAMES, slstm(x, W, U, b)[:, 0, :, 0]))       # (T,) each
    plain = dict(zip(PLAIN, slstm(x, W, U, b, plain_slstm_step)[:, 0, :, 0]))
    before = {name: np.append(0, safe[name][:-1]) for name in "hcnm"}
    long = np.random.default_rng(0).normal(size=(1, 2000, 1))    # (1, T, 1)
    apart = (slstm(long, W, U, b)[-1]
             - slstm(long, W, U, b, plain_slstm_step)[-1])       # (1, T, 1)
    by_keras = keras_slstm(x, W, U, b)[0, :, 0]
    log_f = np.log(plain["f"])
    return {
        "xW": x[0] @ W, "hU": before["h"][:, None] @ U,          # (T, 4)
        "z": x[0] @ W + before["h"][:, None] @ U + b,            # (T, 4)
        **safe, **{f"plain_{name}": plain[name] for name in PLAIN},
        "log_f": log_f, "kept_exponent": (log_f + before["m"])[1:],
        "kept": safe["f"] * before["c"],
        "kept_n": safe["f"] * before["n"],
        "written": safe["i"] * safe["c_new"],
        "plain_kept": plain["f"] * np.append(0, plain["c"][:-1]),
        "plain_written": plain["i"] * plain["c_new"],
        "mean": safe["c"] / safe["n"], "scale": np.exp(safe["m"]),
        "share": plain["i"] / plain["n"],
        "lstm_h": lstm(x[0][None], W, U, b)[5, 0, :, 0],
        "same_as_keras": np.allclose(by_keras, safe["h"], rtol=0, atol=1e-6),
        "apart": np.abs(safe["h"] - plain["h"]).max(),
        "long": long.size, "long_apart": np.abs(apart).max(),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "same": ("the same h", v["apart"] < 1e-15),
        "long_same": ("differ by less than 10⁻¹²", v["long_apart"] < 1e-12),
        "scaled": ("only divided",
                   np.allclose(v["c"] * v["scale"], v["plain_c"], rtol=1e-14)
                   and np.allclose(v["n"] * v["scale"], v["plain_n"],
                                   rtol=1e-14)),
        "one": ("One of the two is always 1",
                np.all(np.maximum(v["i"], v["f"]) == 1)),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# plain")
    print("t  i       f       c_new    o       c        n       h")
    for t in range(3):
        numbers = [v[f"plain_{name}"][t] for name in PLAIN]
        print(t, *(f"{number:z7.4f}" for number in numbers))
    print("# miniature")
    print("t  i       f       c_new    o       c        n       m       h")
    for t in range(3):
        print(t, *(f"{v[name][t]:z7.4f}" for name in NAMES))
    print("the same as Keras:", v["same_as_keras"])


if __name__ == "__main__":
    main()
