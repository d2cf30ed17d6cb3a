"""Backpropagation through time by hand: the LSTM of Part D.

Run `python -m snippets.backpropagation.lstm` for the page's output.
Shapes: N samples, T steps, m inputs and u units.
"""

import keras
import numpy as np
import tensorflow as tf

from snippets.backpropagation.check import differences, own_error
from snippets.backpropagation.miniature import before, summed, target
from snippets.layers.lstm import lstm
from snippets.lstm.miniature import U, W, b, x


# --8<-- [start:backward]
def lstm_backward(steps, dh, U):
    """Return dc, the loss's derivatives by all c, and dz by all sums.

    steps (6, N, T, u) is what lstm() returned, U (u, 4u) its recurrent kernel;
    dh (N, T, u) holds what comes down to each h from above. dc is (N, T, u),
    dz (N, T, 4u), in the order i, f, c_new, o.
    """
    i, f, c_new, o, c, h = steps                 # (N, T, u) each
    tanh_c, c_before = np.tanh(c), before(c)     # (N, T, u) each
    dh, dc = dh.copy(), np.zeros_like(c)         # (N, T, u) each
    dz = np.zeros(h.shape[:2] + (4 * h.shape[2],))  # (N, T, 4u)
    for t in reversed(range(h.shape[1])):
        dc[:, t] += dh[:, t] * o[:, t] * (1 - tanh_c[:, t] ** 2)
        di = dc[:, t] * c_new[:, t]              # (N, u), and so on
        df = dc[:, t] * c_before[:, t]
        dc_new = dc[:, t] * i[:, t]
        do = dh[:, t] * tanh_c[:, t]
        dz[:, t] = np.concatenate([              # (N, 4u)
            di * i[:, t] * (1 - i[:, t]),        # the slope of sigmoid
            df * f[:, t] * (1 - f[:, t]),
            dc_new * (1 - c_new[:, t] ** 2),     # the slope of tanh
            do * o[:, t] * (1 - o[:, t])], axis=-1)
        if t > 0:
            dh[:, t - 1] += dz[:, t] @ U.T       # back through all four sums
            dc[:, t - 1] += dc[:, t] * f[:, t]   # back along the cell
    return dc, dz
# --8<-- [end:backward]


def lstm_loss(x, W, U, b):
    """Return the mean squared error of the last state, for x (N, T, m)."""
    return np.mean((lstm(x, W, U, b)[-1][:, -1] - target) ** 2)


def lstm_gradients(x, W, U, b):
    """Return the gradients of lstm_loss by W (m, 4u), U (u, 4u), b (4u,)."""
    steps = lstm(x, W, U, b)                     # (6, N, T, u)
    h = steps[-1]
    dh = np.zeros_like(h)                        # (N, T, u)
    dh[:, -1] = 2 * (h[:, -1] - target) / h[:, -1].size
    dc, dz = lstm_backward(steps, dh, U)         # (N, T, u), (N, T, 4u)
    return summed(x, dz), summed(before(h), dz), dz.sum(axis=(0, 1))


def layer_by_tape(layer, x, weights):
    """Return the gradients of the last state's loss as Keras has them."""
    layer.build(x.shape)
    layer.set_weights(weights)
    with tf.GradientTape() as tape:
        loss = keras.ops.mean((layer(x) - target) ** 2)
    return [np.array(g)
            for g in tape.gradient(loss, layer.trainable_variables)]


def compare(loss, hand, tape, weights):
    """Return whether gradients agree with the tape and with differences."""
    weights = [array.copy() for array in weights]
    fine = differences(loss, weights, 1e-4)
    error = own_error(loss, weights, 1e-4)
    return (all(np.allclose(a, g, rtol=0, atol=1e-10)
                for a, g in zip(hand, tape)),
            all((abs(d - g) <= e).all() for d, g, e in zip(fine, hand, error)))


def values():
    """Return the values that the page quotes, by name."""
    steps = lstm(x[None], W, U, b)
    dh = np.zeros_like(steps[-1])
    dh[:, -1] = 2 * (steps[-1][:, -1] - target)
    dc, dz = lstm_backward(steps, dh, U)
    hand = lstm_gradients(x[None], W, U, b)
    layer = keras.layers.LSTM(1, dtype="float64")
    tape = layer_by_tape(layer, x[None], [W, U, b])
    same, within = compare(lambda *w: lstm_loss(x[None], *w), hand, tape,
                           [W, U, b])
    before_z = np.append(dz[0] @ U[0], 0)[1:]    # dh_t from z_(t+1)
    return {
        "loss": lstm_loss(x[None], W, U, b),
        "dh": before_z + dh[0, :, 0], "dc": dc[0, :, 0], "dz": dz[0],
        "dW": hand[0][0], "dU": hand[1][0], "db": hand[2],
        "same_as_tape": same, "within": within,
        # A trap: the way along the cell forgotten, at step 1.
        "dc_forgotten": before_z[1] * steps[3, 0, 1, 0]
        * (1 - np.tanh(steps[4, 0, 1, 0]) ** 2),
    }


def main():
    """Print the derivatives, from the last step to the first."""
    v = values()
    print("# lstm")
    print("t      dh      dc  |  dz_i    dz_f    dz_c    dz_o")
    for t in (2, 1, 0):
        print(t, f"{v['dh'][t]:z7.4f} {v['dc'][t]:z7.4f} |",
              " ".join(f"{d:z7.4f}" for d in v["dz"][t]))
    for name in ("dW", "dU", "db"):
        print(f"{name:17} |", " ".join(f"{d:z7.4f}" for d in v[name]))
    print("the same as GradientTape to 1e-10:", v["same_as_tape"])
    print("differences within their own error:", v["within"])


if __name__ == "__main__":
    main()
