"""Answers: the cell and the gates of an LSTM at every step.

Run `python -m snippets.answers.every_cell_and_gate` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np
from keras import ops

keras.utils.set_random_seed(0)
layer = keras.layers.LSTM(2)
x = np.random.default_rng(0).normal(size=(1, 5, 3)).astype("float32")
y = layer(x)                                     # (N, u) = (1, 2)
cell, cells, gates = layer.cell, [], []
h = c = np.zeros((1, 2), "float32")              # both begin with 0

for t in range(x.shape[1]):
    z = x[:, t] @ cell.kernel + h @ cell.recurrent_kernel + cell.bias
    i, f, c_new, o = ops.split(z, 4, axis=-1)    # (1, 2) each
    gates.append(ops.sigmoid([i, f, o]))         # (3, 1, 2)
    _, (h, c) = cell(x[:, t], [h, c])            # one step of the layer
    cells.append(c)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "cells": np.stack(cells).shape, "gates": np.stack(gates).shape,
        "same": np.allclose(y, h, rtol=0, atol=1e-6),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("cells", v["cells"])
    print("gates", v["gates"])
    print("last h is the layer's output:", v["same"])


if __name__ == "__main__":
    main()
