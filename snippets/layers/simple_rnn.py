"""A simple RNN by hand: one step, and the loop over all steps.

Shapes: N samples, T steps, m inputs per step, u units.
Source: the Keras documentation of SimpleRNN.
"""

import numpy as np


# --8<-- [start:step]
def simple_rnn_step(x, h, W, U, b):
    """Return the sum z and the new state tanh(z), both (..., u).

    x (..., m) is the input of the step, h (..., u) the state before it;
    W (m, u), U (u, u) and b (u,) are the weights.
    """
    z = x @ W + h @ U + b      # (..., u)
    return z, np.tanh(z)
# --8<-- [end:step]


# --8<-- [start:loop]
def simple_rnn(x, W, U, b):
    """Return all states (N, T, u) of a layer that reads x (N, T, m)."""
    h = np.zeros((x.shape[0], U.shape[0]))           # (N, u): nothing yet
    states = []
    for t in range(x.shape[1]):
        z, h = simple_rnn_step(x[:, t], h, W, U, b)  # (N, u)
        states.append(h)
    return np.stack(states, axis=1)                  # (N, T, u)
# --8<-- [end:loop]


# --8<-- [start:from_state]
def simple_rnn_from(x, h, W, U, b):
    """Return all states (N, T, u) for x (N, T, m); h (N, u) comes before."""
    states = []
    for t in range(x.shape[1]):
        z, h = simple_rnn_step(x[:, t], h, W, U, b)  # (N, u)
        states.append(h)
    return np.stack(states, axis=1)                  # (N, T, u)
# --8<-- [end:from_state]
