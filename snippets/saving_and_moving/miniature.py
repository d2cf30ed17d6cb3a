"""Saving and moving, in miniature: four columns read in another order.

Run `python -m snippets.saving_and_moving.miniature` for the page's output.
The numbers are those of snippets/lstm/miniature.py, an LSTM of one unit.
"""

import numpy as np

from snippets.layers.lstm import lstm
from snippets.lstm.miniature import U, W, b, x

# --8<-- [start:one_step]
z = W[0] + b              # (4,): the first step, x_0 = 1 and no state yet


def first_state(i, f, c_new, o):
    """Return h_0 of one unit from the four sums of the first step."""
    def sigmoid(a):
        return 1 / (1 + np.exp(-a))
    return sigmoid(o) * np.tanh(sigmoid(i) * np.tanh(c_new))
# --8<-- [end:one_step]


KERAS, ONNX = [0, 1, 2, 3], [0, 3, 1, 2]          # i, f, c, o and i, o, f, c


def all_states(columns):
    """Return the states (T,) if the columns are taken for i, f, c, o."""
    arrays = (a[..., columns] for a in (W, U, b))
    return lstm(x[None], *arrays)[5, 0, :, 0]


def values():
    """Return the values that the page quotes, by name."""
    back = np.argsort(ONNX)       # what a reader of i, o, f, c takes for ifco
    return {"z": z, "sigmoid_z": 1 / (1 + np.exp(-z)), "tanh_z": np.tanh(z),
            "right": first_state(*z), "wrong": first_state(*z[back]),
            "cell": np.tanh(z[2]) / (1 + np.exp(-z[0])),
            "wrong_cell": np.tanh(z[3]) / (1 + np.exp(-z[0])),
            "states": all_states(KERAS), "wrong_states": all_states(back)}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# states")
    print("t   i, f, c, o   taken for i, o, f, c")
    for t, (h, wrong) in enumerate(zip(v["states"], v["wrong_states"])):
        print(f"{t}   {h:z10.4f}   {wrong:z20.4f}")


if __name__ == "__main__":
    main()
