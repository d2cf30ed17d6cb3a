"""Backpropagation through time by hand: the GRU of Part E.

Run `python -m snippets.backpropagation.gru` for the page's output.
Shapes: N samples, T steps, m inputs and u units.
"""

import keras
import numpy as np

from snippets.backpropagation.lstm import compare, layer_by_tape
from snippets.backpropagation.miniature import before, summed, target
from snippets.gru.miniature import U, W, b, x
from snippets.layers.gru import gru


# --8<-- [start:backward]
def gru_backward(steps, dh, U, b):
    """Return dh, the loss's derivatives by all h, and dp and dq.

    steps (4, N, T, u) is what gru() returned, with reset_after=True, U (u, 3u)
    and b (2, 3u) are its weights; dh (N, T, u) holds what comes down to each h
    from above. dp and dq (N, T, 3u), in the order z, r, h_new, belong to the
    sums of the input, x W + b[0], and of the state, h U + b[1].
    """
    z, r, h_new, h = steps                       # (N, T, u) each
    h_before = before(h)                         # (N, T, u)
    q_h = np.split(h_before @ U + b[1], 3, axis=-1)[2]  # (N, T, u)
    dh = dh.copy()
    dp = np.zeros(h.shape[:2] + (3 * h.shape[2],))  # (N, T, 3u)
    dq = dp.copy()
    for t in reversed(range(h.shape[1])):
        dz = dh[:, t] * (h_before[:, t] - h_new[:, t])  # (N, u), and so on
        ds = dh[:, t] * (1 - z[:, t]) * (1 - h_new[:, t] ** 2)
        dr = ds * q_h[:, t]
        dz_sum = dz * z[:, t] * (1 - z[:, t])    # the slope of sigmoid
        dr_sum = dr * r[:, t] * (1 - r[:, t])
        dp[:, t] = np.concatenate([dz_sum, dr_sum, ds], axis=-1)
        dq[:, t] = np.concatenate([dz_sum, dr_sum, ds * r[:, t]], axis=-1)
        if t > 0:
            dh[:, t - 1] += dq[:, t] @ U.T       # back through three sums
            dh[:, t - 1] += dh[:, t] * z[:, t]   # back along what is kept
    return dh, dp, dq
# --8<-- [end:backward]


def gru_loss(x, W, U, b):
    """Return the mean squared error of the last state, for x (N, T, m)."""
    return np.mean((gru(x, W, U, b)[-1][:, -1] - target) ** 2)


def gru_gradients(x, W, U, b):
    """Return the gradients of gru_loss by W (m, 3u), U (u, 3u), b (2, 3u)."""
    steps = gru(x, W, U, b)                      # (4, N, T, u)
    h = steps[-1]
    dh = np.zeros_like(h)                        # (N, T, u)
    dh[:, -1] = 2 * (h[:, -1] - target) / h[:, -1].size
    dh, dp, dq = gru_backward(steps, dh, U, b)
    db = np.stack([dp.sum(axis=(0, 1)), dq.sum(axis=(0, 1))])  # (2, 3u)
    return summed(x, dp), summed(before(h), dq), db


def values():
    """Return the values that the page quotes, by name."""
    steps = gru(x, W, U, b)
    dh = np.zeros_like(steps[-1])
    dh[:, -1] = 2 * (steps[-1][:, -1] - target)
    dh, dp, dq = gru_backward(steps, dh, U, b)
    hand = gru_gradients(x, W, U, b)
    layer = keras.layers.GRU(1, dtype="float64")
    tape = layer_by_tape(layer, x, [W, U, b])
    same, within = compare(lambda *w: gru_loss(x, *w), hand, tape, [W, U, b])
    return {
        "loss": gru_loss(x, W, U, b),
        "dh": dh[0, :, 0], "dp": dp[0], "dq": dq[0],
        "kept": (dh[0, 1:, 0] * steps[0, 0, 1:, 0]),
        "dW": hand[0][0], "dU": hand[1][0], "db": hand[2],
        "same_as_tape": same, "within": within,
    }


def main():
    """Print the derivatives, from the last step to the first."""
    v = values()
    print("# gru")
    print("t      dh  |  dp_z    dp_r    dp_h    dq_h")
    for t in (2, 1, 0):
        row = [*v["dp"][t], v["dq"][t][2]]
        print(f"{t} {v['dh'][t]:z7.4f} |", " ".join(f"{d:z7.4f}" for d in row))
    for name, row in (("dW", v["dW"]), ("dU", v["dU"]), ("db[0]", v["db"][0]),
                      ("db[1]", v["db"][1])):
        print(f"{name:9} |", " ".join(f"{d:z7.4f}" for d in row))
    print("the same as GradientTape to 1e-10:", v["same_as_tape"])
    print("differences within their own error:", v["within"])


if __name__ == "__main__":
    main()
