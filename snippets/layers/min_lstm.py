"""A minLSTM by hand: one step, the loop over steps, and all steps by a scan.

Shapes: N samples, T steps, m inputs per step, u units.
Source: Feng et al., Were RNNs all we needed? (2024).
"""

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.scan import scan


# --8<-- [start:gates]
def min_lstm_gates(x, W, b):
    """Return the shares i', f' and the candidate h_new, (..., u) each.

    W (m, 3u) and b (3u,) are packed i, f, h, as an LSTM's without its o.
    """
    p_i, p_f, p_h = np.split(x @ W + b, 3, axis=-1)     # (..., u) each
    i, f = sigmoid(p_i), sigmoid(p_f)                   # (..., u) each
    return i / (i + f), f / (i + f), p_h                # shares add up to 1
# --8<-- [end:gates]


# --8<-- [start:step]
def min_lstm_step(x, h, W, b):
    """Return i', f', h_new and the new h, (..., u) each; h is the old."""
    i, f, h_new = min_lstm_gates(x, W, b)               # (..., u) each
    return i, f, h_new, f * h + i * h_new


def min_lstm(x, W, b):
    """Return i', f', h_new and h of all steps of x, (N, T, u) each."""
    h, steps = np.zeros((len(x), len(b) // 3)), []           # (N, u)
    for t in range(x.shape[1]):
        i, f, h_new, h = min_lstm_step(x[:, t], h, W, b)     # (N, u) each
        steps.append([i, f, h_new, h])
    return np.stack(steps, axis=2)                           # (4, N, T, u)


def min_lstm_scan(x, W, b):
    """Return the states h (N, T, u), all of x (N, T, m) at once."""
    i, f, h_new = min_lstm_gates(x, W, b)               # (N, T, u) each
    return scan(f, i * h_new)                           # (N, T, u)
# --8<-- [end:step]
