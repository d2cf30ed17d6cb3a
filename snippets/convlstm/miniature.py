"""ConvLSTM: a miniature, two frames of three by three pixels, one filter.

Run `python -m snippets.convlstm.miniature` for the outputs of the page.
Shapes: see snippets/layers/conv_lstm.py.
"""

import keras
import numpy as np

from snippets.layers.conv_lstm import conv_lstm, correlate

# --8<-- [start:film]
x = np.array([[[0, 1, 0],
               [2, 0, 0],
               [0, 0, 0]],
              [[0, 0, 1],             # all of it has moved to the right
               [0, 2, 0],
               [0, 0, 0]]], float)[..., None]  # (T, rows, cols, m)
# --8<-- [end:film]

# --8<-- [start:weights]
W_i = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]            # the pixel itself
W_f = [[0, 0, 0], [0, -1, 0], [0, 0, 0]]           # the pixel, negative
W_c = [[0, 0.5, 0], [0.5, 1, -0.5], [0, -0.5, 0]]  # five pixels
W_o = [[0, 0, 1], [0, 0, 0], [0, 0, 0]]            # above, to the right

U_i = [[0, 0, 0], [1, 0, 0], [0, 0, 0]]            # the state to the left
U_f = [[0, 1, 0], [0, 1, 0], [0, 0, 0]]            # above, and the place
U_c = [[0, -1, 0], [2, 0, 0], [0, 0, 0]]           # left twice, less above
U_o = [[0, 0, 0], [0, 0, 0], [1, 0, 0]]            # below, to the left

W = np.stack([W_i, W_f, W_c, W_o], axis=-1)[:, :, None]  # (k, k, m, 4u)
U = np.stack([U_i, U_f, U_c, U_o], axis=-1)[:, :, None]  # (k, k, u, 4u)
b = np.array([-0.5, 1, 0, 0.5])                          # (4u,)
# --8<-- [end:weights]

NAMES = ("i", "f", "c_new", "o", "c", "h")
ROW, COL = 1, 1                       # the place that the page follows


# --8<-- [start:keras]
def keras_conv_lstm(x, W, U, b, **options):
    """Return all states (T, rows, cols, u) of Keras's layer for one film."""
    layer = keras.layers.ConvLSTM2D(U.shape[2], W.shape[:2],
                                    return_sequences=True, **options)
    layer.build((1, *x.shape))
    layer.set_weights([W, U, b])      # the order of get_weights()
    return np.array(layer(x[None]))[0]
# --8<-- [end:keras]


def values():
    """Return the values that the page quotes, by name."""
    maps = dict(zip(NAMES, conv_lstm(x, W, U, b)[..., 0]))
    before = np.concatenate([np.zeros_like(x[:1]),          # h of t - 1
                             maps["h"][:-1, ..., None]])
    from_x = np.stack([correlate(frame, W) for frame in x])
    from_h = np.stack([correlate(h, U) for h in before])
    by_keras = keras_conv_lstm(x, W, U, b, padding="same", dtype="float64")
    return {
        **maps, "from_x": from_x, "from_h": from_h,    # (T, rows, cols, 4)
        "sums": from_x + from_h + b, "size": x[0].size,
        "block": W.shape[0] ** 2 * 2 + 1, "count": W.size + U.size + b.size,
        "kept": maps["f"][1] * maps["c"][0],           # (rows, cols)
        "written": maps["i"] * maps["c_new"],          # (T, rows, cols)
        "same_as_keras": np.allclose(by_keras[..., 0], maps["h"],
                                     rtol=0, atol=1e-12),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    before, after = (np.unravel_index(h.argmax(), h.shape) for h in v["h"])
    return {
        "moves": ("has moved along with the pattern",
                  before == (1, 0) and after == (1, 1)),
        "keras": ("both maps of states above", v["same_as_keras"]),
    }


def show(names, maps):
    """Print maps (rows, cols) side by side, below their names."""
    print("   ".join(f"{name:23}" for name in names).rstrip())
    for rows in zip(*maps):
        print("   ".join(" ".join(f"{n:z7.4f}" for n in row) for row in rows))


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    for t in range(2):
        print(f"# step_{t}")
        for names in (("i", "f", "c_new"), ("o", "c", "h")):
            show(names, [v[name][t] for name in names])


if __name__ == "__main__":
    main()
