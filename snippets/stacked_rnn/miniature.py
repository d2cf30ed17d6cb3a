"""Part C, the miniature: two layers of one unit each, three steps.

Run `python -m snippets.stacked_rnn.miniature` for the page's output.
Each weight is one number, so every line is arithmetic for a calculator.
"""

import numpy as np

from snippets.layers.dense import sigmoid


# --8<-- [start:weights]
W1, U1, b1 = 0.8, -0.5, 0.1    # layer 1 reads x
W2, U2, b2 = 1.2, 0.6, -0.2    # layer 2 reads the state of layer 1
W_y, b_y = 2.0, -0.5           # the output reads the state of layer 2

x = [1, 0, 2]                  # T = 3 steps of one number
# --8<-- [end:weights]


# --8<-- [start:loop]
def miniature(x):
    """Return every intermediate: a row z1, h1, z2, h2, z, y for each step."""
    h1 = h2 = 0                        # nothing yet, in either layer
    rows = []
    for x_t in x:
        z1 = x_t * W1 + h1 * U1 + b1
        h1 = np.tanh(z1)               # from here on the new state
        z2 = h1 * W2 + h2 * U2 + b2    # so this is the new h1, the old h2
        h2 = np.tanh(z2)
        z = h2 * W_y + b_y
        y = sigmoid(z)
        rows.append([z1, h1, z2, h2, z, y])
    return np.array(rows)              # (T, 6)
# --8<-- [end:loop]


def table(x):
    """Return the rows of the page's table by name, (T,) each."""
    names = ["z1", "h1", "z2", "h2", "z", "y"]
    v = dict(zip(names, miniature(x).T))
    return v | {
        "xW1": np.array(x) * W1,
        "hU1": np.concatenate([[0], v["h1"][:-1]]) * U1,
        "hW2": v["h1"] * W2,
        "hU2": np.concatenate([[0], v["h2"][:-1]]) * U2,
    }


def values():
    """Return the values that the page quotes, by name."""
    v, other = table(x), table([0, 0, 2])  # the first input 0 instead of 1
    return v | {
        "y_other": other["y"],
        "stays": np.array([v[name] == other[name] for name in v]),  # (10, T)
        "stays_xW1": v["xW1"] == other["xW1"],                      # (T,)
        "stays_zeros": np.array([v[name][0] == other[name][0] == 0
                                 for name in ("hU1", "hU2")]),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    change = np.abs(v["y"] - v["y_other"])
    named = list(v["stays_xW1"]) == [False, True, True]
    return {
        "stay": ("All but the two other inputs, their products with the "
                 "kernel, and the zeros of step 0",
                 named and v["stays_zeros"].all() and v["stays"].sum() == 4),
        "less": ("what came first counts for less and less",
                 np.all(np.diff(change) < 0)),
    }


def main():
    """Print every number of the miniature, one row per step."""
    v = values()
    print("# miniature")
    print("t  " + "  ".join(f"{name:>7}" for name in list(v)[:6]))
    for t in range(3):
        row = [v[name][t] for name in list(v)[:6]]
        print(f"{t}  " + "  ".join(f"{number:z7.4f}" for number in row))


if __name__ == "__main__":
    main()
