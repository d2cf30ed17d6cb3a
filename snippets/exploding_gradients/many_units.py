"""Exploding gradients: a radius above 1 in one unit, and in many.

Run `python -m snippets.exploding_gradients.many_units` for the output. The
norms are measured by `python -m snippets.recording.measure` and this name: in
such a network the last bits of a processor grow, too.
"""

import numpy as np

from snippets.recording.measured import measured

UNITS = [1, 27, 200]
SEEDS = 20

# --8<-- [start:norm]
RADIUS = 2
STEPS = 100


def norm_of_steps(u, seed):
    """Return the norm of dh_100/dh_0 without any input, as a power of 10."""
    rng = np.random.default_rng(seed)
    U = rng.normal(size=(u, u))
    U *= RADIUS / np.abs(np.linalg.eigvals(U)).max()  # (u, u)
    h = rng.uniform(-0.1, 0.1, u)                     # (u,)
    product = np.eye(u)                               # (u, u)
    for t in range(STEPS):
        h = np.tanh(h @ U)                            # (u,)
        J = (1 - h ** 2)[:, None] * U.T               # (u, u): diag(slopes) U^T
        product = J @ product                         # one step more
    return np.log10(np.linalg.norm(product, 2))
# --8<-- [end:norm]


def measure():
    """Return the powers of 10 of all seeds, for each number of units."""
    return {f"u_{u}": [round(float(norm_of_steps(u, seed)), 1)
                       for seed in range(SEEDS)] for u in UNITS}


# --8<-- [start:two_steps]
def two_steps(first, second):
    """Return the norm of two Jacobians whose U swaps two units."""
    U = np.array([[0.0, 1.0], [1.0, 0.0]])            # radius 1
    return np.linalg.norm((U * first) @ (U * second), 2)
# --8<-- [end:two_steps]


ONE, HARDLY = 1.0, 0.01                               # the slopes of two units


def values():
    """Return the values that the page quotes, by name."""
    logs = np.array([measured("exploding_gradients.many_units")[f"u_{u}"]
                     for u in UNITS])                 # (3, seeds)
    return {
        "least": logs.min(axis=1),
        "middle": np.sort(logs, axis=1)[:, SEEDS // 2],
        "most": logs.max(axis=1),
        "grow": (logs > 0).sum(axis=1),
        "same": two_steps(np.array([ONE, HARDLY]), np.array([ONE, HARDLY])),
        "turned": two_steps(np.array([ONE, HARDLY]), np.array([HARDLY, ONE])),
    }


def claims(v):
    """Return what the page says of these networks, and whether it is true."""
    return {
        "one_unit": ("With one unit the product shrinks from every seed",
                     v["grow"][0] == 0),
        "many_units": ("with 200 units it grows from every seed",
                       v["grow"][2] == SEEDS),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# growth")
    print("units   least   middle   most   it grows")
    for u, low, mid, high, grow in zip(UNITS, v["least"], v["middle"],
                                       v["most"], v["grow"]):
        print(f"{u:5}   10^{low:<5.1f} 10^{mid:<5.1f} 10^{high:<5.1f}"
              f"{grow:3} of {SEEDS}")


if __name__ == "__main__":
    main()
