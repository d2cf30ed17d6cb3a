"""The time mixing of RWKV-4 by hand: one step, and the loop over all steps.

Shapes: N samples, T steps, u units. The state m is a running maximum.
Source: Peng et al. (2023), https://arxiv.org/abs/2305.13048, where beta is u,
c is a, n is b and m is p.
"""

import numpy as np


# --8<-- [start:step]
def wkv_step(k, v, c, n, m, w, beta):
    """Return the mean wkv and the new states c, n and m, (..., u) each.

    k, v (..., u) are the step's key and value; w and beta (u,) the decay and
    the bonus; c and n are the sums divided by e to the m.
    """
    top = np.maximum(m, beta + k)                    # the larger exponent
    old, now = np.exp(m - top), np.exp(beta + k - top)
    wkv = (old * c + now * v) / (old * n + now)      # with the bonus

    m_new = np.maximum(m - w, k)                     # and without it
    old, now = np.exp(m - w - m_new), np.exp(k - m_new)
    return wkv, old * c + now * v, old * n + now, m_new
# --8<-- [end:step]


# --8<-- [start:loop]
def wkv(k, v, w, beta):
    """Return wkv, c, n, m, (N, T, u) each, for k and v (N, T, u)."""
    zeros = np.zeros_like(k[:, 0])                   # (N, u): nothing yet
    states, steps = (zeros, zeros, zeros - np.inf), []
    for t in range(k.shape[1]):
        step = wkv_step(k[:, t], v[:, t], *states, w, beta)
        states = step[1:]
        steps.append(step)
    return np.stack(steps, axis=2)                   # (4, N, T, u)
# --8<-- [end:loop]
