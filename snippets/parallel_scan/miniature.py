"""The minGRU in miniature: one unit, three steps, a gate that keeps.

Run `python -m snippets.parallel_scan.miniature` for the output of the page.
The numbers are those of the GRU's miniature, without U and r.
"""

import keras
import numpy as np

from snippets.layers.min_gru import min_gru, min_gru_scan
from snippets.layers.scanned import MinGRU, MinGRUCell, outputs

# --8<-- [start:miniature]
x = np.array([[[1.0], [-1.0], [0.5]]])     # (N, T, m) = (1, 3, 1)
#              z     h
W = np.array([[-1.5, 1.0]])                # (m, 2u) = (1, 2)
b = np.array([0.5, 0.1])                   # (2u,) = (2,)

z, h_new, h = min_gru(x, W, b)             # (N, T, u) each, by a loop
h_scan = min_gru_scan(x, W, b)             # (N, T, u), by a scan
# --8<-- [end:miniature]

# --8<-- [start:keras]
cell = keras.layers.RNN(MinGRUCell(1), return_sequences=True)
h_cell = outputs(cell, x, W, b)       # (N, T, u), by Keras's loop
h_layer = outputs(MinGRU(1), x, W, b)  # (N, T, u), by Keras's scan
# --8<-- [end:keras]


def values():
    """Return the values that the page quotes, by name."""
    gate, proposed, state = (part[0, :, 0] for part in (z, h_new, h))  # (T,)
    before = np.concatenate([[0], state[:-1]])      # (T,): h of t - 1
    return {
        "sum_z": (x[0] @ W + b)[:, 0], "gate": gate, "proposed": proposed,
        "kept": gate * before, "taken": (1 - gate) * proposed, "state": state,
        "scan_same": np.allclose(h_scan, h, rtol=0, atol=1e-12),
        "cell_same": np.allclose(h_cell, h, rtol=0, atol=1e-6),
        "layer_same": np.allclose(h_layer, h, rtol=0, atol=1e-6),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# miniature")
    print("t  z       h_new    a       d        h")
    rows = zip(v["gate"], v["proposed"], v["taken"], v["state"])
    for t, (gate, proposed, taken, state) in enumerate(rows):
        print(f"{t}  {gate:z.4f}  {proposed:z7.4f}  {gate:z.4f}",
              f" {taken:z7.4f}  {state:z7.4f}")
    print("the same by a scan:        ", v["scan_same"])
    print("by Keras, a cell in a loop:", v["cell_same"])
    print("by Keras, a scan:          ", v["layer_same"])


if __name__ == "__main__":
    main()
