"""Answers: why the bias of a GRU has two rows.

Run `python -m snippets.answers.gru_bias` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")
layer = keras.layers.GRU(4, bias_initializer="random_normal")
y = layer(x)
W, U, b = layer.get_weights()            # b (2, 3u) = (2, 12)

def with_sum_of(columns):
    """Return the output with row 1 of b added to row 0 in some columns."""
    moved = b.copy()
    moved[0, columns] += moved[1, columns]
    moved[1, columns] = 0
    layer.set_weights([W, U, moved])
    return layer(x)

gates = np.allclose(y, with_sum_of(slice(0, 8)), atol=1e-6)      # z and r
candidate = np.allclose(y, with_sum_of(slice(8, 12)), atol=1e-6)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"bias": b.shape, "gates": gates, "candidate": candidate}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("bias", v["bias"])
    print("rows added for z and r, the same:  ", v["gates"])
    print("for the candidate, the same:        ", v["candidate"])


if __name__ == "__main__":
    main()
