"""An LSTM by hand: one step, and the loop over all steps.

Shapes: N samples, T steps, m inputs per step, u units.
Source: the Keras documentation of LSTM.
"""

import numpy as np

from snippets.layers.dense import sigmoid


# --8<-- [start:step]
def lstm_step(x, h, c, W, U, b):
    """Return the gates and the new states i, f, c_new, o, c, h, all (..., u).

    x (..., m) is the input of the step, h and c (..., u) the states before
    it; W (m, 4u), U (u, 4u) and b (4u,) hold i, f, c_new, o side by side.
    """
    z = x @ W + h @ U + b                            # (..., 4u)
    z_i, z_f, z_c, z_o = np.split(z, 4, axis=-1)     # (..., u) each
    i = sigmoid(z_i)                                 # how much to write
    f = sigmoid(z_f)                                 # how much to keep
    c_new = np.tanh(z_c)                             # what to write
    o = sigmoid(z_o)                                 # how much to show
    c = f * c + i * c_new                            # the new cell
    h = o * np.tanh(c)                               # the new state
    return i, f, c_new, o, c, h
# --8<-- [end:step]


# --8<-- [start:loop]
def lstm(x, W, U, b, h=0.0, c=0.0):
    """Return i, f, c_new, o, c, h, all (N, T, u), for the inputs x (N, T, m).

    h and c are the states before the first step, (N, u), or zero.
    """
    h = h + np.zeros((len(x), len(U)), x.dtype)      # (N, u)
    c = c + np.zeros((len(x), len(U)), x.dtype)      # (N, u)
    steps = []
    for t in range(x.shape[1]):
        step = lstm_step(x[:, t], h, c, W, U, b)     # six of (N, u)
        c, h = step[-2:]                             # to the next step
        steps.append(step)
    return np.stack(steps, axis=2)                   # (6, N, T, u)
# --8<-- [end:loop]
