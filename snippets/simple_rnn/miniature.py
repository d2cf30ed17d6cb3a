"""Part B in miniature: one unit, three steps, every number in between.

Run `python -m snippets.simple_rnn.miniature` for the page's output.
"""

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.simple_rnn import simple_rnn_step

# --8<-- [start:miniature]
W, U, b = np.array([[0.8]]), np.array([[0.5]]), np.array([0.1])
W_y, b_y = np.array([[2.0]]), np.array([-0.5])
x = np.array([[1.0], [0.0], [-1.0]])   # (T, m) = (3, 1)

h = np.zeros(1)                        # (u,): nothing yet
for t in range(3):
    z, h = simple_rnn_step(x[t], h, W, U, b)  # (u,)
    y = sigmoid(h @ W_y + b_y)                # (m',)
# --8<-- [end:miniature]


def steps(x, W, U, b, W_y, b_y, h=0.0):
    """Return every number of the computation, each (T,), for x (T,).

    The weights are plain numbers here, and h is the state before x[0].
    """
    rows = []
    for x_t in x:
        xW, hU = x_t * W, h * U
        z = xW + hU + b
        h = np.tanh(z)
        s = h * W_y + b_y
        rows.append([xW, hU, z, h, h * W_y, s, sigmoid(s)])
    names = ["xW", "hU", "z", "h", "hW_y", "s", "y"]
    return dict(zip(names, np.transpose(rows)))


def values():
    """Return the values that the page quotes, by name."""
    weights = W[0, 0], U[0, 0], b[0], W_y[0, 0], b_y[0]
    swapped = steps(x[:, 0], U[0, 0], W[0, 0], *weights[2:])
    without = steps(x[:, 0], *weights[:2], 0.0, *weights[3:])
    silent = steps([1.0] + 99 * [0.0], *weights)["h"]
    return steps(x[:, 0], *weights) | {
        "by_loop": np.concatenate([h, y]),
        "y_swapped": swapped["y"],
        "y_without_bias": without["y"],
        "h_silent": silent[:3],
        "h_rest": silent[-1],
    }


def main():
    """Print every number of the computation, step by step."""
    v = values()
    print("# miniature")
    print("t       x W       h U         z         h         y")
    for t in range(3):
        row = (v[name][t] for name in ("xW", "hU", "z", "h", "y"))
        print(t, "".join(f"{number:z10.4f}" for number in row))


if __name__ == "__main__":
    main()
