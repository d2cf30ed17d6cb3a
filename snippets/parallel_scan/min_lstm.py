"""The minLSTM in miniature: one unit, three steps, two shares.

Run `python -m snippets.parallel_scan.min_lstm` for the output of the page.
The numbers are those of the LSTM's miniature, without U and o.
"""

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.min_lstm import min_lstm, min_lstm_scan
from snippets.layers.scanned import MinLSTM, outputs

# --8<-- [start:miniature]
x = np.array([[[1.0], [0.0], [-1.0]]])     # (N, T, m) = (1, 3, 1)
#              i    f     h
W = np.array([[1.0, -0.5, 2.0]])           # (m, 3u) = (1, 3)
b = np.array([0.5, 1.0, 0.2])              # (3u,) = (3,)

i, f, h_new, h = min_lstm(x, W, b)         # (N, T, u) each, by a loop
h_scan = min_lstm_scan(x, W, b)            # (N, T, u), by a scan
h_layer = outputs(MinLSTM(1), x, W, b)  # (N, T, u), by Keras's scan
# --8<-- [end:miniature]


def values():
    """Return the values that the page quotes, by name."""
    sums = x[0] @ W + b                    # (T, 3u)
    write, forget, proposed, state = (part[0, :, 0]
                                      for part in (i, f, h_new, h))  # (T,)
    before = np.concatenate([[0], state[:-1]])       # (T,): h of t - 1
    return {
        "sum_i": sums[:, 0], "sum_f": sums[:, 1],
        "gate_i": sigmoid(sums[:, 0]), "gate_f": sigmoid(sums[:, 1]),
        "share_i": write, "share_f": forget, "proposed": proposed,
        "kept": forget * before, "written": write * proposed, "state": state,
        "scan_same": np.allclose(h_scan, h, rtol=0, atol=1e-12),
        "layer_same": np.allclose(h_layer, h, rtol=0, atol=1e-6),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# miniature")
    print("t  i'      f'      h_new    h")
    rows = zip(v["share_i"], v["share_f"], v["proposed"], v["state"])
    for t, (write, forget, proposed, state) in enumerate(rows):
        print(f"{t}  {write:z.4f}  {forget:z.4f}  {proposed:z7.4f}",
              f"{state:z7.4f}")
    print("the same by a scan:", v["scan_same"])
    print("by Keras, a scan:  ", v["layer_same"])


if __name__ == "__main__":
    main()
