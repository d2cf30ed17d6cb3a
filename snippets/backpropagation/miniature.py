"""Backpropagation through time by hand: one unit, three steps.

Run `python -m snippets.backpropagation.miniature` for the page's output.
Source: P. J. Werbos, Backpropagation through time: what it does and how to do
it (1990). Shapes: N samples, T steps, m inputs and u units.
"""

import numpy as np

from snippets.layers.simple_rnn import simple_rnn
from snippets.math_of_a_simple_rnn.miniature import U, W, W_y, b, b_y, x

# --8<-- [start:forward]
target = 1.0                                     # what y should be


def forward(x, W, U, b, W_y, b_y):
    """Return the states h (N, T, u), y (N, m') and the loss, for x (N, T, m)."""
    h = simple_rnn(x, W, U, b)                   # (N, T, u)
    y = h[:, -1] @ W_y + b_y                     # (N, m')
    return h, y, np.mean((y - target) ** 2)      # Keras calls it "mse"
# --8<-- [end:forward]


# --8<-- [start:backward]
def simple_rnn_backward(h, dh, U):
    """Return the loss's derivatives by all h and all z, both (N, T, u).

    h (N, T, u) are the states of the layer, U (u, u) is its recurrent kernel;
    dh (N, T, u) holds what comes down to each h from above.
    """
    dh, dz = dh.copy(), np.zeros_like(h)         # (N, T, u) each
    for t in reversed(range(h.shape[1])):
        dz[:, t] = dh[:, t] * (1 - h[:, t] ** 2)  # through tanh: (N, u)
        if t > 0:
            dh[:, t - 1] += dz[:, t] @ U.T       # back in time: (N, u)
    return dh, dz
# --8<-- [end:backward]


# --8<-- [start:weights]
def before(h):
    """Return the state before each step, (N, T, u): zero, h_0, h_1, ..."""
    return np.concatenate([0 * h[:, :1], h[:, :-1]], axis=1)


def summed(inputs, dz):
    """Return the gradient of a kernel (m, u): what each step adds, summed.

    inputs (N, T, m) is what the kernel multiplies, dz (N, T, u) belongs to
    the sums that it is part of.
    """
    steps = range(inputs.shape[1])
    return sum(inputs[:, t].T @ dz[:, t] for t in steps)  # (m, u)
# --8<-- [end:weights]


# --8<-- [start:gradients]
def gradients(x, W, U, b, W_y, b_y):
    """Return the gradients of the loss by W, U, b, W_y, b_y, in this order."""
    h, y, _ = forward(x, W, U, b, W_y, b_y)
    dy = 2 * (y - target) / y.size               # (N, m')
    dh = np.zeros_like(h)                        # (N, T, u)
    dh[:, -1] = dy @ W_y.T                       # only the last h makes y
    dh, dz = simple_rnn_backward(h, dh, U)       # (N, T, u) each
    return [summed(x, dz), summed(before(h), dz), dz.sum(axis=(0, 1)),
            h[:, -1].T @ dy, dy.sum(axis=0)]
# --8<-- [end:gradients]


def by_hand(x, U=U):
    """Return every derivative of the three steps, by name, as the page does."""
    h, y, loss = forward(x, W, U, b, W_y, b_y)
    dy = 2 * (y - target)
    dh = np.zeros_like(h)
    dh[:, -1] = dy @ W_y.T
    direct = dh[0, :, 0]
    dh, dz = (d[0, :, 0] for d in simple_rnn_backward(h, dh, U))
    h, inputs = h[0, :, 0], x[0, :, 0]
    return {
        "h": h, "slope": 1 - h**2, "y": y[0, 0], "loss": loss, "dy": dy[0, 0],
        "direct": direct, "through": dh - direct, "dh": dh, "dz": dz,
        "to_W": inputs * dz, "to_U": before(h[None])[0] * dz + 0.0,
        "gradients": np.array([g.item() for g in gradients(x, W, U, b, W_y, b_y)]),
    }


def values():
    """Return the values that the page quotes, by name.

    Those named large_ are for the inputs 1, 2, 3, the others for 0.1, 0.2, 0.3.
    """
    small, large = by_hand(x[None] / 10), by_hand(x[None])
    plus = by_hand(x[None] / 10, U=-U)
    z = np.arctanh(large["h"])                   # a trap: the slope of z
    wrong = [large["direct"][2] * (1 - z[2] ** 2)]
    for t in (1, 0):
        wrong.append(wrong[-1] * U[0, 0] * (1 - z[t] ** 2))
    return {
        **small,
        **{f"large_{name}": value for name, value in large.items()},
        "share_percent": 100 * small["dz"][0] / small["dh"][2],
        "half_b": small["gradients"][2] / 2,
        "plus_dz": plus["dz"],
        "plus_b": plus["gradients"][2],
        "slope_of_z_b": sum(wrong),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    share = abs(v["large_dz"][0] / v["large_dh"][2])
    layer, output = np.split(np.abs(v["large_gradients"]), [3])
    return {
        "cancel": ("nearly cancel", abs(np.sum(v["to_U"]))
                   < 0.03 * np.min(np.abs(v["to_U"][1:]))),
        "lost": ("less than one part in ten thousand", share < 1e-4),
        "hardly": ("the weights of the output learn, and those of the "
                   "recurrent layer hardly do",
                   np.min(output) > 100 * np.max(layer)),
        "one_sign": ("The three have one sign",
                     abs(np.sum(np.sign(v["plus_dz"]))) == 3),
    }


def main():
    """Print the derivatives, from the last step to the first."""
    v = values()
    for name, start in (("small", ""), ("large", "large_")):
        print("#", name)
        print("t         dh         dz       to W       to U       to b")
        for t in (2, 1, 0):
            row = [v[start + key][t] for key in ("dh", "dz", "to_W", "to_U")]
            print(t, " ".join(f"{number:z10.6f}" for number in row + row[1:2]))
        W, U, b, W_y, b_y = v[start + "gradients"]
        print("sum", " " * 19 + " ".join(f"{g:z10.6f}" for g in (W, U, b)))
        print(f"to W_y {W_y:z.6f}   to b_y {b_y:z.6f}")


if __name__ == "__main__":
    main()
