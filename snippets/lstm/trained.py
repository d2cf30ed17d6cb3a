"""Part D, the trained LSTM: its weights, and its computations by hand.

Run `python -m snippets.lstm.trained` for the outputs that the page shows.
"""

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.lstm import lstm
from snippets.lstm.model import build_model, make_data
from snippets.recording import drawing

# --8<-- [start:weights]
#                i           f             c~            o
W = np.array([[ 0.00, -1.33,  0.09,  0.13, -0.24,  1.70, -0.03,  0.22],
              [ 0.02,  0.04,  0.03, -0.02,  2.11,  0.04,  0.05, -0.14],
              [ 4.72,  4.49, -4.80, -4.39,  0.57, -1.45,  2.40,  2.07]])
U = np.array([[-0.23,  0.16,  0.13, -0.07,  0.50,  0.09,  0.04,  0.10],
              [ 0.05,  1.30,  0.04, -0.54, -0.10,  0.58,  0.04, -0.26]])
b = np.array([ -2.53, -0.67,  3.22,  2.18, -0.65,  1.55,  3.26,  3.15])

W_y = np.array([[-0.43, 5.58],
                [5.56, 0.05]])            # (u, m') = (2, 2)
b_y = np.array([0.02, -0.01])             # (m',) = (2,)
# --8<-- [end:weights]

# --8<-- [start:cut]
W_i, W_f, W_c, W_o = np.split(W, 4, axis=1)  # (m, u) = (3, 2) each
U_i, U_f, U_c, U_o = np.split(U, 4, axis=1)  # (u, u) = (2, 2) each
b_i, b_f, b_c, b_o = np.split(b, 4)          # (u,) = (2,) each
# --8<-- [end:cut]

# --8<-- [start:input]
x_new = np.array([[[1, -1, 1],            # marked: keep (+, -)
                   [-1, 1, 0],
                   [1, 1, 0],
                   [-1, 1, 1],            # marked: keep (-, +) from here on
                   [1, -1, 0],
                   [1, 1, 0],
                   [-1, -1, 0]]], float)  # (N, T, m) = (1, 7, 3)
# --8<-- [end:input]


# --8<-- [start:by_hand]
def predict_by_hand(x):
    """Return y (N, T, 2) for x (N, T, 3), with NumPy alone."""
    h = lstm(x, W, U, b)[-1]              # (N, T, u)
    return sigmoid(h @ W_y + b_y)         # (N, T, m'), the layer of Part A
# --8<-- [end:by_hand]


# --8<-- [start:predict]
def predict(x):
    """Return Keras's prediction (N, T, 2), in float32, for x (N, T, 3)."""
    model = build_model()
    model.set_weights([W, U, b, W_y, b_y])   # the order of get_weights()
    return model.predict(x, verbose=0)
# --8<-- [end:predict]


LENGTHS = [8, 16, 32, 64]
NEW = 1000                                   # sequences not seen in training


def distance(T, seed=7):
    """Return how often the last output is right if only step 0 is marked."""
    x, y = make_data(1000, T, seed)
    x[:, 1:, 2] = 0
    last = predict_by_hand(x)[:, -1] > 0.5   # (N, m')
    return np.mean(np.all(last == (x[:, 0, :2] > 0), axis=-1))


def values():
    """Return the values that the page quotes, by name."""
    gates = dict(zip(("i", "f", "c_new", "o", "c", "h"),
                     lstm(x_new, W, U, b)[:, 0]))    # six of (T, u)
    h = gates["h"]
    y_new = predict_by_hand(x_new)
    x, y = make_data()
    y_data = predict_by_hand(x)
    x_unseen, y_unseen = make_data(NEW, seed=1)
    right = (predict_by_hand(x_unseen) > 0.5) == y_unseen
    new = gates["i"][3] * gates["c_new"][3]
    return {
        "W": W, "U": U, "b": b, "W_y": W_y, "b_y": b_y,
        **{name: gate.T for name, gate in gates.items()},  # (u, T) each
        "xW": x_new[0, 3] @ W,                       # step 3, (4u,)
        "hU": h[2] @ U,
        "z": x_new[0, 3] @ W + h[2] @ U + b,
        "kept": gates["f"][3] * gates["c"][2],
        "written": new,
        "tanh_c": np.tanh(gates["c"][3]),
        "z_y": h[3] @ W_y + b_y,
        "y": y_new[0],
        "same_as_keras": np.allclose(predict(x_new), y_new, rtol=0,
                                     atol=1e-6),
        "loss": np.mean((y_data - y) ** 2),
        "right": 100 * np.mean(np.all(right, axis=-1)),
        "distances": np.array([100 * distance(T) for T in LENGTHS]),
        "f_unmarked": sigmoid(b_f),                  # signs and h left out
        "f_marked": sigmoid(b_f + W_f[2]),
        "i_unmarked": sigmoid(b_i),
        "i_marked": sigmoid(b_i + W_i[2]),
    }


def figures(values):
    """Return the figures of data: {name: svg}."""
    rows = {}
    for label, name in zip(("i", "f", "c̃", "o", "c", "h"),
                           ("i", "f", "c_new", "o", "c", "h")):
        for unit in (0, 1):
            tie = f"lstm.trained.{name}[{unit}]"
            rows[f"{label}, {unit}"] = tie, values[name][unit]
    return {
        "gates": drawing.heat_map(
            rows, range(7), "Gates and states at the seven steps",
            "Twelve rows of seven numbers: input gate, forget gate, candidate, "
            "output gate, cell and state, each for unit 0 and unit 1. At the "
            "marked steps 0 and 3 the input gates are near 1 and the forget "
            "gates near 0; at most other steps it is the other way round. The "
            "cells change their sign at step 3 and keep it from there on."),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z.4f}".format})
    print("# states")
    print("t   i              f              c~")
    for t in range(7):
        print(t, *(v[name][:, t] for name in ("i", "f", "c_new")))
    print("t   o              c              h")
    for t in range(7):
        print(t, *(v[name][:, t] for name in ("o", "c", "h")))
    print("# outputs")
    print(v["y"])
    print("the same as Keras:", v["same_as_keras"])


if __name__ == "__main__":
    main()
