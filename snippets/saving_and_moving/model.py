"""Saving and moving: the model that the whole page carries about.

Run `python -m snippets.saving_and_moving.model` for the page's output.
Shapes: N samples, T steps, m inputs per step, u units.
"""

import keras
import numpy as np

from snippets.layers.gru import gru

# --8<-- [start:weights]
# blocks of columns:  z               r               candidate
W = np.array([[0.6, -0.4, 1.1,   0.3,  0.8, -0.5,   0.9, -1.2,  0.4],
              [-0.7, 0.5, 0.2,  -1.0,  0.4,  0.7,  -0.3,  0.8,  1.0]])
U = np.array([[0.4, -0.9, 0.3,   0.7, -0.2,  0.5,  -0.8,  0.6,  0.1],
              [0.2,  0.5, -0.6,  -0.3, 0.9, -0.4,   0.5,  0.7, -1.1],
              [-0.5, 0.1, 0.8,   0.6, -0.7,  0.2,   1.0, -0.4,  0.3]])
b = np.array([[0.1, -0.2, 0.3,   0.5,  0.0, -0.3,   0.2, -0.1,  0.4],
              [-0.3, 0.2, 0.1,   0.1, -0.4,  0.2,  -0.6,  0.3,  0.5]])
W_y = np.array([[0.7], [-1.3], [0.9]])           # (u, 1)
b_y = np.array([0.2])                            # (1,)
WEIGHTS = [W, U, b, W_y, b_y]                    # as get_weights() has them

x = np.array([[[1.0, 0.5], [-1.0, 0.8], [0.3, -0.6], [0.9, 0.2]],
              [[0.2, -1.0], [0.7, 0.1], [-0.5, 0.9], [0.4, -0.3]]])  # (2, 4, 2)
# --8<-- [end:weights]


# --8<-- [start:model]
def build(**options):
    """Return the model: a GRU of 3 units, and a Dense on its last state."""
    batch = options.pop("batch", None)
    model = keras.Sequential([
        keras.Input((None, 2), batch_size=batch),    # (N, T, m)
        keras.layers.GRU(3, name="gru", **options),  # (N, u)
        keras.layers.Dense(1)])                      # (N, 1)
    model.set_weights(WEIGHTS)
    return model


def answer(model, x=x):
    """Return what a model answers, (N, 1), in the numbers it computes in."""
    y = model(keras.ops.convert_to_tensor(x, "float32"))
    return keras.ops.convert_to_numpy(y)


def off(one, other):
    """Return by how much two arrays differ where they differ most."""
    return np.abs(np.asarray(one) - np.asarray(other)).max()
# --8<-- [end:model]


# --8<-- [start:by_hand]
def by_hand(x, W, U, b, W_y, b_y):
    """Return the answers (N, 1), by NumPy in float64."""
    h = gru(x, W, U, b)[3][:, -1]                  # (N, u), the last state
    return h @ W_y + b_y                           # (N, 1)
# --8<-- [end:by_hand]


def values():
    """Return the values that the page quotes, by name."""
    y = by_hand(x, *WEIGHTS)
    return {"y": y[:, 0], "numbers": sum(a.size for a in WEIGHTS),
            "arrays": len(WEIGHTS), "same": off(answer(build()), y) < 1e-6,
            "gap_e7": 1e7 * float(np.finfo("float32").eps)}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"close": ("within one millionth", v["same"])}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# answers")
    for n, y in enumerate(v["y"]):
        print(f"sample {n}  {y:z.4f}")
    print("the same as Keras:", v["same"])


if __name__ == "__main__":
    main()
