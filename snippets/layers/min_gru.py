"""A minGRU by hand: one step, the loop over steps, and all steps by a scan.

Shapes: N samples, T steps, m inputs per step, u units.
Source: Feng et al., Were RNNs all we needed? (2024), where z is our 1 - z.
"""

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.scan import scan


# --8<-- [start:gates]
def min_gru_gates(x, W, b):
    """Return the gate z and the candidate h_new, (..., u) each, of x (..., m).

    W (m, 2u) and b (2u,) are packed z, h. No state is needed.
    """
    p_z, p_h = np.split(x @ W + b, 2, axis=-1)     # (..., u) each
    return sigmoid(p_z), p_h                       # no tanh
# --8<-- [end:gates]


# --8<-- [start:step]
def min_gru_step(x, h, W, b):
    """Return z, h_new and the new h, (..., u) each; h (..., u) is the old."""
    z, h_new = min_gru_gates(x, W, b)              # (..., u) each
    return z, h_new, z * h + (1 - z) * h_new       # z keeps


def min_gru(x, W, b):
    """Return z, h_new and h of all steps of x (N, T, m), (N, T, u) each."""
    h, steps = np.zeros((len(x), len(b) // 2)), []           # (N, u)
    for t in range(x.shape[1]):
        z, h_new, h = min_gru_step(x[:, t], h, W, b)         # (N, u) each
        steps.append([z, h_new, h])
    return np.stack(steps, axis=2)                           # (3, N, T, u)
# --8<-- [end:step]


# --8<-- [start:scan]
def min_gru_scan(x, W, b):
    """Return the states h (N, T, u), all of x (N, T, m) at once."""
    z, h_new = min_gru_gates(x, W, b)              # (N, T, u) each
    return scan(z, (1 - z) * h_new)                # (N, T, u)
# --8<-- [end:scan]
