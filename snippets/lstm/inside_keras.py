"""Part D, what Keras hides: the cell c and every gate at every step.

Run `python -m snippets.lstm.inside_keras` for the outputs that the page shows.
"""

import keras
import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.lstm import lstm
from snippets.lstm.trained import U, W, b, b_f, U_f, W_f, x_new


# --8<-- [start:return_state]
def last_states(x):
    """Return outputs (N, T, u), the last h (N, u) and the last c (N, u)."""
    layer = keras.layers.LSTM(2, return_sequences=True, return_state=True)
    layer.build(x.shape)
    layer.set_weights([W, U, b])
    return [np.array(array) for array in layer(x)]
# --8<-- [end:return_state]


# --8<-- [start:cell]
def every_cell(x):
    """Return h and c of each step, (N, T, u) each, by looping Keras's cell."""
    cell = keras.layers.LSTMCell(2)              # one step, no time axis
    cell.build((None, 3))
    cell.set_weights([W, U, b])
    states = [np.zeros((len(x), 2))] * 2         # h and c, (N, u) each
    steps = []
    for t in range(x.shape[1]):
        output, states = cell(x[:, t], states)   # output is the new h
        steps.append(states)
    return np.stack(steps, axis=2)               # (2, N, T, u)
# --8<-- [end:cell]


# --8<-- [start:gates]
def every_gate(x):
    """Return i, f, c_new, o, (N, T, u) each, with Keras's own functions."""
    layer = keras.layers.LSTM(2, return_sequences=True)
    layer.build(x.shape)
    layer.set_weights([W, U, b])
    h = np.array(layer(x))                       # (N, T, u)
    before = np.zeros_like(h)                    # h of the step before
    before[:, 1:] = h[:, :-1]
    cell, ops = layer.cell, keras.ops
    z = (ops.matmul(ops.cast(x, "float32"), cell.kernel)
         + ops.matmul(before, cell.recurrent_kernel) + cell.bias)
    z_i, z_f, z_c, z_o = ops.split(z, 4, axis=-1)
    gate, tanh = cell.recurrent_activation, cell.activation
    return np.stack([gate(z_i), gate(z_f), tanh(z_c), gate(z_o)])
# --8<-- [end:gates]


# --8<-- [start:ask]
def ask_the_cell(x, h):
    """Return f and i * c_new (N, u) as two answers of the closed cell."""
    cell = keras.layers.LSTMCell(2)
    cell.build((None, 3))
    cell.set_weights([W, U, b])
    _, (_, c_from_0) = cell(x, [h, np.zeros_like(h)])  # f * 0 + i * c_new
    _, (_, c_from_1) = cell(x, [h, np.ones_like(h)])   # f * 1 + i * c_new
    return np.array(c_from_1 - c_from_0), np.array(c_from_0)
# --8<-- [end:ask]


# --8<-- [start:olah]
def forget_gate_of_olah(x, h):
    """Return f as in Olah's text: one matrix times the column [h, x]."""
    W_olah = np.concatenate([U_f, W_f]).T        # (u, u + m) = (2, 5)
    h_x = np.concatenate([h, x])                 # (u + m,): h first, then x
    return sigmoid(W_olah @ h_x + b_f)           # (u,): matrix on the left
# --8<-- [end:olah]


def values():
    """Return the values that the page quotes, by name."""
    i, f, c_new, o, c, h = by_hand = lstm(x_new, W, U, b)   # (N, T, u) each
    outputs, h_last, c_last = last_states(x_new)
    h_keras, c_keras = every_cell(x_new)
    f_asked, written = ask_the_cell(x_new[:, 3], h[:, 2])

    def same(first, second):
        return np.allclose(first, second, rtol=0, atol=1e-6)

    return {
        "shapes": np.array([*map(str, (outputs.shape, h_last.shape,
                                       c_last.shape))]),
        "h_last": h_last[0],
        "c_last": c_last[0],
        "c_keras": c_keras[0],
        "cells_same": same(c_keras, c),
        "states_same": same(h_keras, h) and same(outputs, h),
        "last_same": same(h_last, h[:, -1]) and same(c_last, c[:, -1]),
        "gates_same": same(every_gate(x_new), by_hand[:4]),
        "f_asked": f_asked[0],
        "written_asked": written[0],
        "asked_same": same(f_asked, f[:, 3]),
        "f_olah": forget_gate_of_olah(x_new[0, 3], h[0, 2]),
        "W_olah": np.concatenate([U_f, W_f]).T,
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z.4f}".format})
    print("# return_state")
    print("shapes:", *v["shapes"])
    print("last h:", v["h_last"])
    print("last c:", v["c_last"])
    print("the same by hand:", v["last_same"])
    print("# cell")
    print(v["c_keras"])
    print("each c the same by hand:", v["cells_same"])
    print("each h the same by hand:", v["states_same"])
    print("# gates")
    print("each gate the same by hand:", v["gates_same"])
    print("# ask")
    print("f          =", v["f_asked"])
    print("i * c_new  =", v["written_asked"])


if __name__ == "__main__":
    main()
