"""Why the paper takes logarithms: running products become 0.

Run `python -m snippets.parallel_scan.logs` for the output of the page.
Sources: Feng et al., Were RNNs all we needed? (2024); Heinsen, Efficient
parallelization of a ubiquitous sequential computation (2023).
"""

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.min_gru import min_gru_gates
from snippets.layers.scan import loop, scan
from snippets.parallel_scan.miniature import W, b, x


# --8<-- [start:products]
def by_running_products(a, d):
    """Return h (N, T, ...) of h_t = a_t h + d_t while no product is 0."""
    A = np.cumprod(a, axis=1)                      # (N, T, ...)
    return A * np.cumsum(d / A, axis=1)            # divides by 0 in the end
# --8<-- [end:products]


# --8<-- [start:logs]
def by_logs(log_a, log_d):
    """Return h from logarithms: every a and d must be positive."""
    A = np.cumsum(log_a, axis=1)                   # (N, T, ...): log products
    return np.exp(A + np.logaddexp.accumulate(log_d - A, axis=1))


def g(a):
    """Return a + 0.5 where a is positive, else sigmoid(a): never below 0."""
    return np.where(a >= 0, a + 0.5, sigmoid(a))


def min_gru_logs(x, W, b):
    """Return h (N, T, u) of a minGRU with g on its candidate, by logs."""
    p_z, p_h = np.split(x @ W + b, 2, axis=-1)     # (N, T, u) each
    log_z = -np.logaddexp(0, -p_z)                 # (N, T, u): log sigmoid
    log_1_z = -np.logaddexp(0, p_z)                # (N, T, u): log(1 - z)
    return by_logs(log_z, log_1_z + np.log(g(p_h)))
# --8<-- [end:logs]


STEPS, GATE = 200, 0.01


def first_zero(gate, dtype):
    """Return after how many steps the product of such gates is 0."""
    gates = np.full(2000, gate, dtype)
    return np.argmin(np.cumprod(gates)) + 1        # the first of the zeros


def values():
    """Return the values that the page quotes, by name."""
    z, h_new = min_gru_gates(x, W, b)              # (N, T, u) each
    a_, d_ = np.full((1, STEPS), GATE), np.ones((1, STEPS))
    with np.errstate(all="ignore"):
        broken = by_running_products(a_, d_)       # nan at the end
    h = loop(a_, d_)                               # (1, T)
    found = min_gru_logs(x, W, b)[0, :, 0]         # (T,)
    by_loop = loop(z, (1 - z) * g(h_new))[0, :, 0]
    return {
        "zero_32": first_zero(0.5, np.float32),
        "zero_64": first_zero(0.5, np.float64),
        "finite": np.isfinite(broken).sum(),
        "last": h[0, -1], "scan_last": scan(a_, d_)[0, -1],
        "logs_last": by_logs(np.log(a_), np.log(d_))[0, -1],
        "positive": g(h_new)[0, :, 0], "state": found,
        "same": np.allclose(found, by_loop, rtol=0, atol=1e-12),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# logs")
    print("t  g(h_new)  h")
    for t, (positive, state) in enumerate(zip(v["positive"], v["state"])):
        print(f"{t}  {positive:z8.4f}  {state:z.4f}")
    print("the same as by the loop:", v["same"])


if __name__ == "__main__":
    main()
