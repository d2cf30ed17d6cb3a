"""Part E, the trained GRU: two units keep two signs while others pass.

Run `python -m snippets.gru.trained` for the outputs that the page shows.
The task and the training are Part D's, see snippets/lstm/model.py.
"""

import keras
import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.gru import gru
from snippets.lstm import model as lstm
from snippets.recording import drawing


# --8<-- [start:model]
def build_model():
    """Return Part D's model with a GRU of two units: (N, T, 3) to (N, T, 2)."""
    return lstm.build_model(keras.layers.GRU, u=2)
# --8<-- [end:model]


# --8<-- [start:train]
def train():
    """Train as in Part D; return the model and its loss during each epoch."""
    return lstm.train(keras.layers.GRU, u=2, seed=2)
# --8<-- [end:train]


LOSSES = [0.23, 0.21, 0.19, 0.16, 0.14, 0.11, 0.097, 0.078, 0.056, 0.034,
          0.017, 0.0082, 0.0045, 0.0027, 0.0019, 0.0014, 0.0012, 0.00098,
          0.00084, 0.00074]


# --8<-- [start:weights]
#              z0     z1     r0     r1     h0     h1
W = np.array([[0.27, -0.33, 0.47, -1.33, 0.48, 1.73],    # sign a
              [0.61, 0.15, -1.56, 0.05, -1.52, 0.11],    # sign b
              [-4.37, -5.08, -3.25, -2.11, 0.67, 1.63]])  # mark; (m, 3u)
U = np.array([[0.24, -0.22, 0.33, 0.24, 2.32, -0.11],
              [0.28, 2.41, -0.36, -2.13, 0.23, 0.38]])   # (u, 3u) = (2, 6)
b = np.array([[1.01, 0.56, 0.01, 0.59, -0.66, -1.03],    # with x W
              [1.01, 0.56, 0.01, 0.59, -0.49, -1.70]])   # with h U; (2, 3u)
W_y = np.array([[0.75, -5.82],
                [4.61, 1.29]])                           # (u, m') = (2, 2)
b_y = np.array([-0.38, -0.08])                           # (m',) = (2,)
# --8<-- [end:weights]


# --8<-- [start:predict]
def predict(x):
    """Return Keras's prediction (N, T, 2), in float32, for x (N, T, 3)."""
    model = build_model()
    model.set_weights([W, U, b, W_y, b_y])   # the order of get_weights()
    return model.predict(x, verbose=0)


x_new = np.array([[[1, -1, 1], [-1, 1, 0], [-1, -1, 0],
                   [-1, 1, 1], [1, 1, 0], [1, -1, 0]]], float)  # (1, 6, 3)
# --8<-- [end:predict]


# --8<-- [start:by_hand]
def by_hand(x):
    """Return z, r, h_new, h and the output y of all steps, (N, T, 2) each."""
    z, r, h_new, h = gru(x, W, U, b)         # (N, T, u) each
    y = sigmoid(h @ W_y + b_y)               # (N, T, m')
    return z, r, h_new, h, y
# --8<-- [end:by_hand]


NEW = 1000                                   # sequences not seen in training


def wrong_new():
    """Return how many answers to new sequences are wrong."""
    x, y = lstm.make_data(N=NEW, seed=99)
    return np.sum((by_hand(x)[4] > 0.5) != y)


def values():
    """Return the values that the page quotes, by name."""
    z, r, h_new, h, y = by_hand(x_new)
    y_keras = predict(x_new)
    x, before, t = x_new[0], h[0, 2], 3      # the step written out is t = 3
    q = before @ U                           # (3u,), without its bias
    blocks = np.split(U, 3, axis=1)          # three of (u, u)
    U_transposed = np.hstack([block.T for block in blocks])
    arrays = {"z": z, "r": r, "h_new": h_new, "h": h, "y": y}
    names = ("z", "r", "h")
    cut = {f"{letter}_{name}": block for letter, array in (("W", W), ("U", U))
           for name, block in zip(names, np.split(array, 3, axis=1))}
    return {
        **cut,
        **{name: array[0].T for name, array in arrays.items()},  # (u, T)
        "x_W": x[t] @ W, "p": x[t] @ W + b[0], "h_U": q, "q": q + b[1],
        "sum_z_r": (x[t] @ W + b[0] + q + b[1])[:4],
        "reset": r[0, t] * (q + b[1])[4:],
        "sum_h": (x[t] @ W + b[0])[4:] + r[0, t] * (q + b[1])[4:],
        "kept": z[0, t] * before, "taken": (1 - z[0, t]) * h_new[0, t],
        "sum_y": h[0, t] @ W_y + b_y,
        "same_as_keras": np.allclose(y_keras, y, rtol=0, atol=1e-6),
        "parameters": build_model().count_params(),
        "epochs": len(LOSSES), "wrong_new": wrong_new(),
        "answers": lstm.make_data()[1].size,
        "h_transposed": gru(x_new, W, U_transposed, b)[3, 0, t],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "new_right": ("so is every answer", bool(v["wrong_new"] == 0)),
        "changed": ("Both states have changed their sign",
                    bool(np.all(v["h"][:, 2] * v["h"][:, 3] < 0))),
        "small": ("Both are small", bool(np.all(v["z"][:, 3] < 0.2))),
        "equal_rows": ("In the columns of the gates they are equal",
                       bool(np.all(b[0, :4] == b[1, :4]))),
    }


def figures(values):
    """Return the loss curve and the heat map of gates, states and outputs."""
    names = {"z": "z", "r": "r", "h_new": "h̃", "h": "h", "y": "y"}
    rows = {label + "₀₁"[k]: (f"gru.trained.{name}[{k}]", values[name][k])
            for name, label in names.items() for k in (0, 1)}
    columns = [f"t = {t}{' •' * int(x_new[0, t, 2])}" for t in range(6)]
    return {
        "loss": drawing.curve(
            {"loss": LOSSES}, "epoch", "loss (mean squared error)",
            "The loss of the GRU while it is trained",
            "A curve: it falls slowly at first, then quickly, and is near "
            "zero long before the end.", top=0.24),
        "gates": drawing.heat_map(
            rows, columns, "Gates, candidates, states and outputs over time",
            "A table of ten rows and six columns, one column per step. At the "
            "marked steps 0 and 3 both update gates are near 0 and the states "
            "change; at the other steps the states keep their signs."),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# summary")
    build_model().summary(line_length=64, print_fn=print)
    print("# by_hand")
    for name in ("z", "r", "h_new", "h", "y"):
        for k in (0, 1):
            print(f"{name + str(k):7}", *(f"{a:z7.4f}" for a in v[name][k]))
    print("the same as Keras:", v["same_as_keras"])


if __name__ == "__main__":
    main()
