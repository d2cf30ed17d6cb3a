"""Exploding gradients: how fast a product of recurrent kernels grows.

Run `python -m snippets.exploding_gradients.radius` for the outputs of the page.
"""

import numpy as np

from snippets.layers.simple_rnn import simple_rnn
from snippets.long_sequences.reach import initial, norm
from snippets.recording import drawing

# --8<-- [start:two]
small = np.array([[0.9, 0.9],
                  [0.9, 0.9]])       # every entry below 1
large = np.array([[0.5, 5.0],
                  [0.0, 0.5]])       # one entry far above 1
# --8<-- [end:two]

exercise = np.array([[0.5, 0.7],
                     [0.7, 0.5]])

STEPS = np.array([1, 2, 5, 10, 20, 50, 100])


# --8<-- [start:radius]
def radius(U):
    """Return the spectral radius of U (u, u): its largest |eigenvalue|."""
    return np.abs(np.linalg.eigvals(U)).max()


def scaled(u, target, rng):
    """Return a random (u, u) array with this spectral radius."""
    U = rng.normal(size=(u, u))
    return U * target / radius(U)


def power_norms(U, steps):
    """Return the spectral norm of U^t for each t of steps."""
    return norm(np.array([np.linalg.matrix_power(U, t) for t in steps]))
# --8<-- [end:radius]


def settle(U, steps=2000):
    """Return where h = tanh(h U) settles from 0.1, for one unit."""
    x = np.zeros((1, steps, 1))                       # (N, T, m)
    x[0, 0] = np.arctanh(0.1)                         # h_0 = 0.1
    return simple_rnn(x, np.eye(1), np.array([[U]]), 0.0)[0, -1, 0]


def values():
    """Return the values that the page quotes, by name."""
    seeds = [[power_norms(scaled(27, target, np.random.default_rng(seed)),
                          STEPS) for seed in range(10)]
             for target in (0.9, 1.0, 1.1)]
    norms = np.array(seeds)                           # (3, 10, steps)
    orthogonal = initial(1, 7, 27, np.random.default_rng(0))[1]
    swap = np.array([[0, 2], [0.1, 0]])
    grown = norms[..., -1] / norms[..., -2]          # from step 50 to 100
    rest = np.array([settle(U) for U in (0.9, 1.1, 1.5, 2.0)])
    slope = 1 - rest**2
    return {
        "steps": STEPS,
        "radii": np.array([radius(small), radius(large)]),
        "ones": small @ np.ones(2),
        "tall": large @ np.array([0.0, 1.0]),
        "small_log": np.log10(power_norms(small, STEPS)),
        "large_log": np.log10(power_norms(large, STEPS)),
        "log": np.log10(norms),
        "rate": grown ** (1 / (STEPS[-1] - STEPS[-2])),
        "powers_log": 100 * np.log10([0.9, 1.0, 1.1]),
        "orthogonal": power_norms(orthogonal, STEPS),
        "orthogonal_radius": radius(orthogonal),
        "rest": rest,
        "slope": slope,
        "factor": np.array([0.9, 1.1, 1.5, 2.0]) * slope,
        "swap": radius(swap),
        "swap_norm": norm(swap),
        "exercise_values": np.sort(np.linalg.eigvalsh(exercise))[::-1],
    }


def figures(values):
    """Return the growth of the norm for three radii."""
    log, steps = values["log"], values["steps"]
    lines = {f"radius {name}": (seeds.min(0), np.median(seeds, 0), seeds.max(0))
             for name, seeds in zip(("1.1", "1", "0.9"), log[::-1])}
    return {"growth": drawing.ladder(
        lines, steps, "steps t", "norm of the product of t copies of U",
        "Growth of the norm for three spectral radii",
        "Three nearly straight lines on a scale of powers of ten.", -5, 5)}


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# two")
    print("t         small      large")
    for t, a, b in zip(v["steps"], v["small_log"], v["large_log"]):
        print(f"{t:<4}{10**a:>11.1e}{10**b:>11.1e}")


if __name__ == "__main__":
    main()
