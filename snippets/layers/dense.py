"""A dense layer by hand: the same numbers as Keras's Dense, in NumPy.

Shapes: N samples, T steps, m inputs and m' outputs per step.
Source: the Keras documentation of Dense and TimeDistributed.
"""

import numpy as np


# --8<-- [start:sigmoid]
def sigmoid(z):
    """Squash each number of z, an array of any shape, into the range 0 to 1."""
    return 1 / (1 + np.exp(-z))
# --8<-- [end:sigmoid]


# --8<-- [start:by_hand]
def dense(x, W, b):
    """Return the sum z (..., m') for x (..., m), and y = sigmoid(z)."""
    z = x @ W + b                          # (..., m'): one row per step
    return z, sigmoid(z)


def time_distributed(x, W, b):
    """Return y (N, T, m'): the dense layer at each step of x (N, T, m)."""
    steps = []
    for t in range(x.shape[1]):
        z, y = dense(x[:, t], W, b)        # (N, m'): the same W and b at each t
        steps.append(y)
    return np.stack(steps, axis=1)         # (N, T, m')
# --8<-- [end:by_hand]
