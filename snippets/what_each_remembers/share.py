"""What is left of a first step: by hand, before any training.

Run `python -m snippets.what_each_remembers.share` for the page's output.
"""

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.linear_attention import linear_attention
from snippets.layers.scan import scan
from snippets.layers.scanned import MinGRU, outputs

# --8<-- [start:shares]
DISTANCES = np.array([2, 10, 30, 100, 300])     # steps since the first
BIASES = np.array([0.0, 1.0, 5.0])              # of the gate that keeps


def left_by_gate(bias, distance):
    """Return what a gate with no other weights leaves of a 1."""
    return sigmoid(bias) ** distance            # so many products


def left_by_mean(distance):
    """Return the share of the first step in a mean of all steps."""
    return 1 / (distance + 1)
# --8<-- [end:shares]


def by_scan(bias, distance):
    """Return the same as left_by_gate, by the scan of a gate's steps."""
    a = np.full((1, distance + 1), sigmoid(bias))
    d = np.eye(1, distance + 1)                 # 1 comes in at the first
    return scan(a, d)[0, -1]


def by_keras(bias, distance):
    """Return the same by a MinGRU whose gate looks at nothing."""
    x = np.eye(1, distance + 1)[..., None]      # (1, T, 1): 1, 0, 0, ...
    h = outputs(MinGRU(1), x, np.array([[0.0, 1.0]]), np.array([bias, 0.0]))
    return h[0, -1, 0] / h[0, 0, 0]             # of what came in


def by_attention(distance):
    """Return the same as left_by_mean, by attention that asks for nothing."""
    same = np.zeros((1, distance + 1, 1))
    x = np.eye(1, distance + 1)[..., None]      # (1, T, 1): 1, 0, 0, ...
    return linear_attention(same, same, x)[0, -1, 0]


def values():
    """Return the values that the page quotes, by name."""
    gates = np.array([[left_by_gate(bias, D) for D in DISTANCES]
                      for bias in BIASES])
    means = left_by_mean(DISTANCES)
    scanned = [[by_scan(bias, D) for D in DISTANCES] for bias in BIASES]
    keras = [[by_keras(bias, D) for D in DISTANCES[:3]] for bias in BIASES]
    return {
        "kept": sigmoid(BIASES), "gates": gates, "means": means,
        "gates_log": np.log10(gates), "means_log": np.log10(means),
        "half": np.log(0.5) / np.log(sigmoid(BIASES)),
        "scan_same": np.allclose(scanned, gates, rtol=1e-9, atol=0),
        "keras_same": np.allclose(keras, gates[:, :3], rtol=0, atol=1e-6),
        "mean_same": np.allclose([by_attention(D) for D in DISTANCES], means,
                                 rtol=0, atol=1e-12),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# shares")
    print(f"{'distance':21}" + "".join(f"{D:10}" for D in DISTANCES))
    for bias, row in zip(BIASES, v["gates_log"]):
        print(f"gate, bias {bias:.0f}         "
              + "".join(f"{10**power:10.2e}" for power in row))
    print(f"{'mean of all steps':21}"
          + "".join(f"{10**power:10.2e}" for power in v["means_log"]))
    print("the same by a scan:     ", v["scan_same"])
    print("by Keras, a minGRU:     ", v["keras_same"])
    print("by linear attention:    ", v["mean_same"])


if __name__ == "__main__":
    main()
