"""Part C, by hand: two layers, in the two orders in which they can run.

Run `python -m snippets.stacked_rnn.by_hand` for the page's outputs.
"""

import keras
import numpy as np

from snippets.layers.dense import dense
from snippets.layers.simple_rnn import simple_rnn, simple_rnn_step
from snippets.recording import drawing
from snippets.stacked_rnn.model import (
    U1, U2, W1, W2, W_y, b1, b2, b_y, trained, x_new,
)

layers = [(W1, U1, b1), (W2, U2, b2)]


# --8<-- [start:one_step]
def one_step(x, h1, h2):
    """Return the new h1 (5,), h2 (7,) and y (2,) for one step's x (3,)."""
    h1 = np.tanh(x @ W1 + h1 @ U1 + b1)    # (5,)
    h2 = np.tanh(h1 @ W2 + h2 @ U2 + b2)   # (7,): reads the new h1
    z, y = dense(h2, W_y, b_y)             # (2,)
    return h1, h2, y
# --8<-- [end:one_step]


# --8<-- [start:layer_by_layer]
def layer_by_layer(x, layers):
    """Return the states (N, T, u) of each layer, for x (N, T, m)."""
    states = []
    for W, U, b in layers:
        x = simple_rnn(x, W, U, b)         # (N, T, u): the next layer's x
        states.append(x)
    return states
# --8<-- [end:layer_by_layer]


# --8<-- [start:step_by_step]
def step_by_step(x, layers, start=None):
    """Return the same; start holds a state (N, u) per layer, else zeros."""
    zeros = [np.zeros((len(x), len(U))) for W, U, b in layers]
    h = list(start or zeros)               # one state per layer, (N, u)
    steps = []
    for t in range(x.shape[1]):
        below = x[:, t]                    # (N, m)
        for k, (W, U, b) in enumerate(layers):
            z, h[k] = simple_rnn_step(below, h[k], W, U, b)
            below = h[k]                   # (N, u): the next layer's input
        steps.append(list(h))
    return [np.stack(states, axis=1) for states in zip(*steps)]
# --8<-- [end:step_by_step]


# --8<-- [start:from_keras]
def states_from_keras(x):
    """Return what each layer of the model gives: h1, h2 and y."""
    model = trained()
    outputs = [layer.output for layer in model.layers]
    return keras.Model(model.inputs, outputs).predict(x, verbose=0)
# --8<-- [end:from_keras]


# --8<-- [start:longer]
x_six = np.array([[[3, 1, 2], [1, 4, 1], [4, 2, 3],
                   [2, 2, 4], [2, 1, 1], [1, 3, 2]]], float)  # (1, 6, 3)
# --8<-- [end:longer]


def values():
    """Return the values that the page quotes, by name."""
    h1, h2 = layer_by_layer(x_new, layers)               # (1, 3, u) each
    y = dense(h2, W_y, b_y)[1]                           # (1, 3, 2)
    six1, six2 = layer_by_layer(x_six, layers)
    at_1 = one_step(x_new[0, 1], h1[0, 0], h2[0, 0])
    pairs = zip(step_by_step(x_new, layers), [h1, h2])
    with_keras = zip(states_from_keras(x_new), [h1, h2, y])
    return {
        "h1": h1[0],
        "h2": h2[0],
        "y": y[0],
        "xW1": x_new[0, 1] @ W1, "hU1": h1[0, 0] @ U1,   # at t = 1, (5,)
        "z1": x_new[0, 1] @ W1 + h1[0, 0] @ U1 + b1,
        "hW2": h1[0, 1] @ W2, "hU2": h2[0, 0] @ U2,      # (7,)
        "z2": h1[0, 1] @ W2 + h2[0, 0] @ U2 + b2,
        "hW_y": h2[0, 1] @ W_y,                          # (2,)
        "z_y": h2[0, 1] @ W_y + b_y,
        "one_step_same": np.allclose(at_1[2], y[0, 1], rtol=0, atol=1e-12),
        "orders_same": all(np.allclose(a, b, rtol=0, atol=1e-12)
                           for a, b in pairs),
        "same_as_keras": all(np.allclose(a, b, rtol=0, atol=1e-6)
                             for a, b in with_keras),
        "first": x_six[0, :, 0],                         # (6,)
        "h1_six": six1[0].T,                             # (5, 6)
        "h2_six": six2[0].T,                             # (7, 6)
        "y_six": dense(six2, W_y, b_y)[1][0].T,          # (2, 6)
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    lamp = v["y_six"][1] > 0.5             # (6,)
    like = {name: ((v[name] > 0) == lamp).all(axis=1).any()
            or ((v[name] < 0) == lamp).all(axis=1).any()
            for name in ("h1_six", "h2_six")}
    return {
        "no_lamp_1": ("no row of layer 1 has one sign there and the other "
                      "elsewhere", not like["h1_six"]),
        "no_lamp_2": ("In layer 2 no single row is the lamp either.",
                      not like["h2_six"]),
        "follows": ("it is highest at step 2, where that is 4, and negative "
                    "where it is 1",
                    np.argmax(v["h1_six"][2]) == np.argmax(v["first"])
                    and np.all(v["h1_six"][2][v["first"] == 1] < 0)),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z7.4f}".format})
    for k, inputs in (1, "xW1"), (2, "hW2"):
        print(f"# step_{k}")
        for name in inputs, f"hU{k}", f"z{k}":
            print(f"{name:3} {v[name]}")
        print(f"h{k}  {v[f'h{k}'][1]}")
    print("# states")
    for name in ("h1", "h2", "y"):
        print(f"{name}\n{v[name]}")
    print("# orders")
    print("the same in both orders:", v["orders_same"])
    print("the same as Keras:", v["same_as_keras"])


def figures(v):
    """Return the heat maps of the states for the longer sequence."""
    columns = [f"t = {t}" for t in range(6)]
    name = "stacked_rnn.by_hand"
    return {
        "layer-1": drawing.heat_map(
            {str(j): (f"{name}.h1_six[{j}]", v["h1_six"][j])
             for j in range(5)},
            columns, "States of layer 1",
            "Five rows, one per unit, and six columns, one per step. Unit 3 is "
            "negative at steps 1, 3 and 5, where the first number fell."),
        "layer-2": drawing.heat_map(
            {str(j): (f"{name}.h2_six[{j}]", v["h2_six"][j])
             for j in range(7)}
            | {answer: (f"{name}.y_six[{j}]", v["y_six"][j])
               for j, answer in enumerate(("fell", "odd"))},
            columns, "States of layer 2, and the outputs",
            "Seven rows of states, then two of outputs, and six columns, one "
            "per step. The first output is near 1 at steps 1, 3 and 5, the "
            "second at steps 1, 2 and 5."),
    }


if __name__ == "__main__":
    main()
