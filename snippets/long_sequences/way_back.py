"""Long sequences: gradients on their way back through one step of a layer.

Rows (R, u) go back side by side, as the laboratory of the page sends them. The
equations are those of the page, from the later state to the earlier one.
"""

import numpy as np

from snippets.layers.gru import gru_step
from snippets.layers.lstm import lstm_step
from snippets.layers.simple_rnn import simple_rnn_step
from snippets.long_sequences.draws import Draws
from snippets.long_sequences.reach import (
    gru_jacobian, initial, lstm_jacobian, simple_rnn_jacobian,
)
from snippets.reber.strings import embedded, one_hot

u, m = 16, 7                         # units, inputs a step
GATES = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}


def layer(kind, noise, seed, scale, bias, T):
    """Return the inputs (T + 1, m) and the weights of a layer.

    scale multiplies U, and bias is that of the gate that keeps: the forget
    gate of the LSTM, the update gate of the GRU.
    """
    rng = Draws(seed)
    W, U, b = initial(GATES[kind], m, u, rng)
    if kind == "LSTM":
        b[u:2 * u] = bias
    if kind == "GRU":
        b[0, :u] = bias
    x = (rng.normal((T + 1, m)) if noise
         else one_hot(embedded(rng, T - 1))[:T + 1])
    return x, (W, scale * U, b)


def simple_rnn_back(x, h, c, weights, dh, dc):
    """Return dz, dh_(t-1), dc_(t-1) from dh_t, dc_t: rows (R, u)."""
    W, U, b = weights
    _, h_t = simple_rnn_step(x, h, W, U, b)            # (u,)
    dz = dh * (1 - h_t**2)                             # (R, u)
    return dz, dz @ U.T, dc


def gru_back(x, h, c, weights, dh, dc):
    """Return dz as U meets it (R, 3u), dh_(t-1), dc_(t-1)."""
    W, U, b = weights
    z, r, h_new, _ = gru_step(x, h, W, U, b)           # (u,) each
    q = h @ U[:, 2 * u:] + b[1, 2 * u:]                # (u,): r acts on it
    d_new = dh * (1 - z) * (1 - h_new**2)              # (R, u)
    dz = np.concatenate([dh * (h - h_new) * z * (1 - z),
                         d_new * q * r * (1 - r), d_new * r], axis=1)
    return dz, dz @ U.T + dh * z, dc


def lstm_back(x, h, c, weights, dh, dc):
    """Return dz (R, 4u), dh_(t-1), dc_(t-1)."""
    W, U, b = weights
    i, f, c_new, o, c_t, _ = lstm_step(x, h, c, W, U, b)   # (u,) each
    g = np.tanh(c_t)
    dc = dc + dh * o * (1 - g**2)                      # (R, u)
    dz = np.concatenate([dc * c_new * i * (1 - i), dc * c * f * (1 - f),
                         dc * i * (1 - c_new**2), dh * g * o * (1 - o)],
                        axis=1)                        # (R, 4u): i, f, c~, o
    return dz, dz @ U.T, dc * f


BACK = {"SimpleRNN": simple_rnn_back, "GRU": gru_back, "LSTM": lstm_back}


def states(kind, x, W, U, b):
    """Return h and c before each step, (T + 1, u) each."""
    h, c, before = np.zeros(u), np.zeros(u), []
    for x_t in x:
        before.append((h, c))
        if kind == "LSTM":
            *_, c, h = lstm_step(x_t, h, c, W, U, b)
        else:
            step = gru_step if kind == "GRU" else simple_rnn_step
            h = step(x_t, h, W, U, b)[-1]
    return before


def values():
    """Return whether a step back is a product with the step's Jacobian."""
    same = []
    for kind, jacobian in (("SimpleRNN", simple_rnn_jacobian),
                           ("GRU", gru_jacobian), ("LSTM", lstm_jacobian)):
        x, weights = layer(kind, True, 0, 1.0, 1.0, 6)
        h, c = states(kind, x, *weights)[-1]
        J, _ = jacobian(x[-1], np.concatenate([h, c])[
            :2 * u if kind == "LSTM" else u], *weights)
        _, dh, _ = BACK[kind](x[-1], h, c, weights, np.eye(u), 0)
        same.append(np.allclose(dh, J[:u, :u], rtol=0, atol=1e-12))
    return {"same_as_jacobians": all(same)}


def main():
    """Print whether the two ways to go back agree."""
    print("the same as with Jacobians:", values()["same_as_jacobians"])


if __name__ == "__main__":
    main()
