"""Part E, GRU: a miniature, one unit and three steps, in both conventions.

Run `python -m snippets.gru.miniature` for the outputs that the page shows.
Sources: Cho et al. (2014) and the Keras documentation of GRU.
Shapes: N samples, T steps, m inputs per step, u units.
"""

import keras
import numpy as np

from snippets.layers.gru import gru, gru_step_reset_before

# --8<-- [start:miniature]
W = np.array([[-1.5, 0.5, 1.0]])      # kernel (m, 3u) = (1, 3): z, r, h
U = np.array([[0.4, -2.0, 1.2]])      # recurrent kernel (u, 3u) = (1, 3)
b = np.array([[0.3, 0.6, 0.1],        # bias (2, 3u): added to x W,
              [0.2, 0.4, -0.8]])      # added to h U

x = np.array([[[1.0], [-1.0], [0.5]]])  # (N, T, m) = (1, 3, 1)
# --8<-- [end:miniature]


# --8<-- [start:keras]
def keras_gru(x, W, U, b, **options):
    """Return all states (N, T, u) of Keras's layer with these weights."""
    layer = keras.layers.GRU(U.shape[0], return_sequences=True, **options)
    layer.build(x.shape)
    layer.set_weights([W, U, b])      # the order of get_weights()
    return np.array(layer(x))         # float32
# --8<-- [end:keras]


def values():
    """Return the values that the page quotes, by name."""
    z, r, h_new, h = gru(x, W, U, b)[:, 0, :, 0]        # (T,) each
    before = np.concatenate([[0], h[:-1]])              # (T,): h of t - 1
    p = x[0] @ W + b[0]                                 # (T, 3)
    q = before[:, None] @ U + b[1]                      # (T, 3)
    other = gru(x, W, U, b.sum(0), step=gru_step_reset_before)
    by_keras = keras_gru(x, W, U, b)[0, :, 0]
    other_by_keras = keras_gru(x, W, U, b.sum(0), reset_after=False)[0, :, 0]
    other = other[:, 0, :, 0]
    return {
        "p": p, "q": q, "sum_z": (p + q)[:, 0], "sum_r": (p + q)[:, 1],
        "reset": r * q[:, 2], "sum_h": p[:, 2] + r * q[:, 2],
        "z": z, "r": r, "h_new": h_new, "h": h,
        "kept": z * before, "taken": (1 - z) * h_new,
        "same_as_keras": np.allclose(by_keras, h, rtol=0, atol=1e-6),
        "before_r": other[1], "before_h_new": other[2], "before_h": other[3],
        "before_same": np.allclose(other_by_keras, other[3], rtol=0,
                                   atol=1e-6),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# miniature")
    print("t  z       r       h_new    h")
    for t, row in enumerate(zip(v["z"], v["r"], v["h_new"], v["h"])):
        z, r, h_new, h = row
        print(f"{t}  {z:z.4f}  {r:z.4f}  {h_new:z7.4f}  {h:z7.4f}")
    print("the same as Keras:", v["same_as_keras"])
    print("# before")
    print("t  r       h_new    h")
    rows = zip(v["before_r"], v["before_h_new"], v["before_h"])
    for t, (r, h_new, h) in enumerate(rows):
        print(f"{t}  {r:z.4f}  {h_new:z7.4f}  {h:z7.4f}")
    print("the same as Keras:", v["before_same"])


if __name__ == "__main__":
    main()
