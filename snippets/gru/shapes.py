"""Part E, the weights of a GRU: shapes, packing, counts, first values.

Run `python -m snippets.gru.shapes` for the outputs that the page shows.
Sizes as in Huet's Part E: m = 7 inputs, u = 13 units, m' = 5 outputs.
"""

import keras
import numpy as np


# --8<-- [start:model]
def build_model(m=7, u=13, outputs=5, reset_after=True):
    """Return a GRU with a dense output at each step: (N, T, m) to (N, T, 5)."""
    gru = keras.layers.GRU(u, return_sequences=True, reset_after=reset_after,
                           name="gru")
    return keras.Sequential([
        keras.Input((None, m)),                # any number of steps
        gru,
        keras.layers.Dense(outputs, activation="sigmoid", name="output"),
    ], name="part_e")
# --8<-- [end:model]


# --8<-- [start:cut]
def cut(W, U, b):
    """Return three W (m, u), three U (u, u), three b (..., u): z, r, h."""
    W_z, W_r, W_h = np.split(W, 3, axis=1)     # (m, 3u): three of (m, u)
    U_z, U_r, U_h = np.split(U, 3, axis=1)     # (u, 3u): three of (u, u)
    b_z, b_r, b_h = np.split(b, 3, axis=-1)    # (2, 3u): three of (2, u)
    return (W_z, W_r, W_h), (U_z, U_r, U_h), (b_z, b_r, b_h)
# --8<-- [end:cut]


# --8<-- [start:count]
def count(m, u, reset_after):
    """Return the number of parameters of a GRU layer."""
    biases = 2 if reset_after else 1
    return 3 * (m * u + u * u + biases * u)    # three blocks of each array
# --8<-- [end:count]


def values():
    """Return the values that the page quotes, by name."""
    after, before = build_model(), build_model(reset_after=False)
    W, U, b, W_y, b_y = after.get_weights()    # W (m, 3u) = (7, 39)
    return {
        "parameters_after": after.count_params(),
        "parameters_before": before.count_params(),
        "m": len(W), "u": len(U), "outputs": len(b_y),
        "layer_trained": count(3, 2, True),
        "layer_after": count(7, 13, True),
        "layer_before": count(7, 13, False),
        "kernel": W.size, "recurrent": U.size,
        "bias_after": b.size, "bias_before": b.shape[1],
        "output": W_y.size + b_y.size,
        "width": W.shape[1],
        "limit": np.sqrt(6 / (7 + 39)),
        "orthogonal": np.allclose(U @ U.T, np.eye(13), rtol=0, atol=1e-5),
        "parameters_150": count(3, 5, True),
        "parameters_135": count(3, 5, False),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# weights")
    names = ["W", "U", "b", "W_y", "b_y"]
    for after in (True, False):
        model = build_model(reset_after=after)
        print(f"reset_after={after}")
        for name, weight in zip(names, model.get_weights()):
            print(f"  {name:4} {weight.shape}")
        print("  parameters", v[f"parameters_{'after' if after else 'before'}"])


if __name__ == "__main__":
    main()
