"""A selective state space: a miniature, one channel, two numbers of state.

Run `python -m snippets.selective_state_space.miniature` for the page's output.
Source: Gu and Dao (2023), https://arxiv.org/abs/2312.00752.
"""

import keras
import numpy as np

from snippets.layers.scan import scan
from snippets.layers.selective import Selective, selective

# --8<-- [start:miniature]
x = np.array([[[1.0], [0.5], [-1.0]]])    # (N, T, m) = (1, 3, 1)
W = np.array([[1.0]])                     # (m, u): so v is x
W_delta, b_delta = np.array([[1.0]]), np.array([0.5])    # (m, u) and (u,)
W_B = np.array([[1.0, -0.5]])             # (m, d) = (1, 2)
W_C = np.array([[1.0, 0.5]])              # (m, d)
A = np.array([[-1.0, -2.0]])              # (u, d)
D = np.array([0.2])                       # (u,)
# --8<-- [end:miniature]


# --8<-- [start:parts]
def parts(x):
    """Return v and delta (..., u), B and C (..., d), all made of x alone."""
    delta = np.log1p(np.exp(x @ W_delta + b_delta))      # softplus: above 0
    return x @ W, delta, x @ W_B, x @ W_C
# --8<-- [end:parts]


# --8<-- [start:scan]
def by_scan(v, delta, B, C):
    """Return the states h (N, T, u, d) without a loop over the steps."""
    kept = np.exp(delta[..., None] * A)                  # (N, T, u, d)
    written = (delta * v)[..., None] * B[..., None, :]   # (N, T, u, d)
    return scan(kept, written)
# --8<-- [end:scan]


# --8<-- [start:keras]
def in_keras(x, dtype="float32"):
    """Return the outputs (N, T, u) of the scan, and of the loop."""
    layer = Selective(len(D), len(A[0]), dtype=dtype)
    layer.build(x.shape)
    layer.set_weights([W, W_delta, b_delta, W_B, W_C, np.log(-A), D])
    loop = keras.layers.RNN(layer.cell, return_sequences=True, dtype=dtype)
    return [keras.ops.convert_to_numpy(one(x)) for one in (layer, loop)]
# --8<-- [end:keras]


def values():
    """Return the values that the page quotes, by name."""
    v, delta, B, C = parts(x)
    kept, h, y = selective(v, delta, B, C, A, D)
    before = np.concatenate([0 * h[:, :1], h[:, :-1]], axis=1)
    long = np.random.default_rng(2).normal(size=(1, 200, 1))
    parts_of_long = parts(long)
    long_v, long_delta, long_B, long_C = parts_of_long
    _, long_h, _ = selective(long_v, long_delta, long_B, long_C, A, D)
    in_loop, in_scan = in_keras(x)[::-1]
    return {
        "sum": (x @ W_delta + b_delta)[0, :, 0], "delta": delta[0, :, 0],
        "B": B[0], "C": C[0], "share": kept[0, :, 0], "h": h[0, :, 0],
        "kept": (kept * before)[0, :, 0],
        "written": (h - kept * before)[0, :, 0],
        "read": (y - D * v)[0, :, 0], "passed": (D * v)[0, :, 0],
        "y": y[0, :, 0], "long": long.size,
        "scan_apart": np.abs(by_scan(*parts_of_long) - long_h).max(),
        "scan_same": np.allclose(in_scan, y, rtol=0, atol=1e-6),
        "loop_same": np.allclose(in_loop, y, rtol=0, atol=1e-6),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "scan": ("differ by less than 10⁻¹²", v["scan_apart"] < 1e-12),
        "longest": ("the shortest time of the three",
                    np.argmin(v["delta"]) == 2),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# miniature")
    print("t  delta   share            h                y")
    for t in range(3):
        numbers = [v["delta"][t], *v["share"][t], *v["h"][t], v["y"][t]]
        print(t, *(f"{number:z7.4f}" for number in numbers))
    print("the same as Keras's loop:", v["loop_same"])
    print("the same as Keras's scan:", v["scan_same"])


if __name__ == "__main__":
    main()
