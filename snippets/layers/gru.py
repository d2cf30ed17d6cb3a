"""A GRU by hand: one step in both conventions, and the loop over all steps.

Shapes: N samples, T steps, m inputs per step, u units.
Sources: Cho et al. (2014) and the Keras documentation of GRU.
"""

import numpy as np

from snippets.layers.dense import sigmoid


# --8<-- [start:step]
def gru_step(x, h, W, U, b):
    """Return the gates z, r, the candidate h_new and the new h, (..., u) each.

    x (..., m) is the input of the step, h (..., u) the state before it;
    W (m, 3u), U (u, 3u) and b (2, 3u) are packed as Keras packs them: z, r, h.
    This is Keras's default, reset_after=True.
    """
    p_z, p_r, p_h = np.split(x @ W + b[0], 3, axis=-1)  # (..., u) each
    q_z, q_r, q_h = np.split(h @ U + b[1], 3, axis=-1)  # (..., u) each
    z = sigmoid(p_z + q_z)                              # (..., u)
    r = sigmoid(p_r + q_r)                              # (..., u)
    h_new = np.tanh(p_h + r * q_h)                      # (..., u)
    return z, r, h_new, z * h + (1 - z) * h_new         # z keeps
# --8<-- [end:step]


# --8<-- [start:reset_before]
def gru_step_reset_before(x, h, W, U, b):
    """Return the same four, but computed with reset_after=False; b (3u,)."""
    U_zr, U_h = np.split(U, [2 * h.shape[-1]], axis=1)  # (u, 2u) and (u, u)
    p_z, p_r, p_h = np.split(x @ W + b, 3, axis=-1)     # (..., u) each
    q_z, q_r = np.split(h @ U_zr, 2, axis=-1)           # (..., u) each
    z = sigmoid(p_z + q_z)                              # (..., u)
    r = sigmoid(p_r + q_r)                              # (..., u)
    h_new = np.tanh(p_h + (r * h) @ U_h)                # reset, then U_h
    return z, r, h_new, z * h + (1 - z) * h_new         # (..., u) each
# --8<-- [end:reset_before]


# --8<-- [start:loop]
def gru(x, W, U, b, h=None, step=gru_step):
    """Return z, r, h_new and h of all steps of x (N, T, m), (N, T, u) each.

    h (N, u) is the state before the first step, zero if it is not given.
    """
    if h is None:
        h = np.zeros((x.shape[0], U.shape[0]))          # (N, u): nothing yet
    steps = []
    for t in range(x.shape[1]):
        z, r, h_new, h = step(x[:, t], h, W, U, b)      # (N, u) each
        steps.append([z, r, h_new, h])
    return np.stack(steps, axis=2)                      # (4, N, T, u)
# --8<-- [end:loop]
