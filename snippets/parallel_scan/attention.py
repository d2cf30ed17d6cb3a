"""Linear attention in miniature: a memory that is written and asked.

Run `python -m snippets.parallel_scan.attention` for the output of the page.
Source: Katharopoulos et al., Transformers are RNNs (2020).
"""

import numpy as np

from snippets.layers.linear_attention import (
    attention_weights, linear_attention, linear_attention_scan, phi,
)
from snippets.layers.scanned import LinearAttention, outputs

# --8<-- [start:miniature]
q = np.array([[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]])    # (N, T, u) = (1, 3, 2)
k = np.array([[[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]]])   # (N, T, u)
v = np.array([[[1.0], [-1.0], [0.5]]])                  # (N, T, m') = (1, 3, 1)

y = linear_attention(q, k, v)                           # (N, T, m'), by a loop
y_scan = linear_attention_scan(q, k, v)                 # (N, T, m'), by a scan
weights = attention_weights(q, k)                       # (N, T, T)
y_attention = weights @ v                               # (N, T, m'): attention
# --8<-- [end:miniature]


def values():
    """Return the values that the page quotes, by name."""
    S = np.cumsum(phi(k[0]) * v[0], axis=0)             # (T, u): v has one
    n = np.cumsum(phi(k[0]), axis=0)                    # (T, u)
    x = np.concatenate([q, k, v, 0 * v], axis=-1)       # (N, T, m) = (1, 3, 6)
    by_keras = outputs(LinearAttention(2), x, np.eye(6))[..., :1]  # W = 1
    return {
        "phi_q": phi(q[0]), "phi_k": phi(k[0]), "S": S, "n": n,
        "above": np.sum(phi(q[0]) * S, axis=-1),        # (T,)
        "below": np.sum(phi(q[0]) * n, axis=-1),        # (T,)
        "answer": y[0, :, 0], "share": weights[0],
        "scan_same": np.allclose(y_scan, y, rtol=0, atol=1e-12),
        "attention_same": np.allclose(y_attention, y, rtol=0, atol=1e-12),
        "keras_same": np.allclose(by_keras, y, rtol=0, atol=1e-6),
    }


def main():
    """Print the output that the page shows."""
    found = values()
    print("# miniature")
    print("t  S               n               y")
    rows = zip(found["S"], found["n"], found["answer"])
    for t, (S, n, answer) in enumerate(rows):
        print(f"{t}  {S[0]:z.4f} {S[1]:z7.4f}  {n[0]:z.4f} {n[1]:z7.4f}",
              f" {answer:z.4f}")
    print("by a scan:   ", found["scan_same"])
    print("as attention:", found["attention_same"])
    print("by Keras:    ", found["keras_same"])


if __name__ == "__main__":
    main()
