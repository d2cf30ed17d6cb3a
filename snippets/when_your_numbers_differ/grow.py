"""When your numbers differ: where a tiny difference grows.

`python -m snippets.recording.measure when_your_numbers_differ.grow`
computes the differences of float32 anew: they hang on the processor.
Shapes: T steps, u units.
"""

import keras
import numpy as np

from snippets.recording import drawing
from snippets.recording.measured import measured
from snippets.when_your_numbers_differ.search import like, lstm

UNITS, SEEDS = 100, 10
RADII = [0.9, 1.5, 3.0]
STEPS = [10, 100, 1000]
EVERY = 5                                            # points of the figure


# --8<-- [start:kernel]
def kernel(radius, seed, u=UNITS):
    """Return random weights U (u, u) of a given spectral radius."""
    U = np.random.default_rng(seed).normal(size=(u, u))
    return U * radius / np.abs(np.linalg.eigvals(U)).max()
# --8<-- [end:kernel]


# --8<-- [start:run]
def run(U, x, dtype):
    """Return the states (T, u) of a simple RNN for the sums x (T, u)."""
    U, x = U.astype(dtype), x.astype(dtype)
    h, states = np.zeros(len(U), dtype), []
    for x_t in x:
        h = np.tanh(x_t + h @ U)                     # (u,)
        states.append(h)
    return np.array(states)                          # (T, u)
# --8<-- [end:run]


def difference(radius, seed, inputs):
    """Return how far float32 is off float64 at each step, (T,)."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(max(STEPS), UNITS)).astype("float32")
    if not inputs:
        x[1:] = 0                                    # a start, then nothing
    U = kernel(radius, seed).astype("float32")
    return np.abs(run(U, x, "float32") - run(U, x, "float64")).max(axis=1)


def measure():
    """Return the largest differences, and those over time as powers of 10."""
    record = {}
    for name, inputs in (("still", False), ("driven", True)):
        off = np.array([[difference(radius, seed, inputs)
                         for seed in range(SEEDS)] for radius in RADII])
        for radius, rows in zip(RADII, off):
            key = f"{name}_{radius}"
            record[key] = [[float(f"{row[:T].max():.1e}") for T in STEPS]
                           for row in rows]          # (seeds, 3)
            at = np.maximum(rows[:, EVERY - 1:100:EVERY], 1e-20)
            record[f"{key}_log"] = np.log10(at).round(1).tolist()
    return record


# --8<-- [start:nudge]
def nudge(layer, x, by=1e-6):
    """Return by what factor a nudge of the first input has grown, (T,).

    x (T, m) is one sample; all is computed in float64.
    """
    exact = like(layer, return_sequences=True, dtype="float64")
    moved = x + 0.0
    moved[0] += by                                   # the first step only
    h = np.array(exact(np.stack([x, moved])))        # (2, T, u)
    return np.abs(h[1] - h[0]).max(axis=-1) / by
# --8<-- [end:nudge]


def simple(radius):
    """Return a SimpleRNN that only passes its inputs on to its units."""
    layer = keras.layers.SimpleRNN(UNITS)
    layer.build((None, None, UNITS))
    layer.set_weights([np.eye(UNITS), kernel(radius, 0), np.zeros(UNITS)])
    return layer


SHOWN = [0, 1, 4, 9]                                 # steps


def nudges():
    """Return the factors of three layers at the steps SHOWN, (3, 4)."""
    rng = np.random.default_rng(0)
    layers = [(lstm, rng.normal(size=(10, 3)))]
    start = np.zeros((10, UNITS))
    start[0] = rng.normal(size=UNITS)
    layers += [(simple(radius), start) for radius in RADII[::2]]
    return np.array([nudge(layer, x)[SHOWN] for layer, x in layers])


def values():
    """Return the values that the page quotes, by name."""
    record = measured("when_your_numbers_differ.grow")
    v = {"seeds": SEEDS, "nudges": nudges().astype("float32")}
    for name in ("still", "driven"):
        rows = np.array([record[f"{name}_{radius}"] for radius in RADII])
        v[f"{name}_least"] = rows.min(axis=1)        # (radii, 3)
        v[f"{name}_most"] = rows.max(axis=1)         # (radii, 3)
        logs = np.sort([record[f"{name}_{radius}_log"] for radius in RADII], 1)
        v[f"{name}_least_log"] = logs[:, 0]          # (radii, 20)
        v[f"{name}_middle_log"] = logs[:, SEEDS // 2]
        v[f"{name}_most_log"] = logs[:, -1]
    return v


def main():
    """Print the outputs of the page."""
    v = values()
    for name, array in v.items():
        print(name, array)


if __name__ == "__main__":
    main()
