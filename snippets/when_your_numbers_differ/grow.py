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


def one_digit(numbers):
    """Round an array to one digit each: the next hang on the processor."""
    numbers = np.asarray(numbers)
    return np.array([float(f"{number:.0e}") for number in numbers.ravel()]
                    ).reshape(numbers.shape)


def values():
    """Return the values that the page quotes, by name."""
    record = measured("when_your_numbers_differ.grow")
    v = {"seeds": SEEDS, "nudges": nudges().astype("float32"),
         "shown": np.array(SHOWN) + 1}
    for name in ("still", "driven"):
        rows = np.array([record[f"{name}_{radius}"] for radius in RADII])
        v[f"{name}_least"] = one_digit(rows.min(axis=1))    # (radii, 3)
        v[f"{name}_most"] = one_digit(rows.max(axis=1))     # (radii, 3)
    logs = np.sort([record[f"still_{radius}_log"] for radius in RADII], axis=1)
    v |= {"least_log": logs[:, 0], "most_log": logs[:, -1],  # (radii, 20)
          "middle_log": logs[:, SEEDS // 2]}
    at_10, at_50 = v["middle_log"][2][[1, 9]]
    v["each_step"] = 10 ** ((at_50 - at_10) / 40)
    v["steps_of_float64"] = 9 / ((at_50 - at_10) / 40)
    return v


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "shrinks": ("With a radius below 1 the difference dies away",
                    v["most_log"][0][-1] < -10),
        "all_lost": ("with a radius of 3 not one digit is left after 100 steps",
                     v["still_least"][2][1] >= 1),
        "calmed": ("the same network with inputs stays near",
                   v["driven_most"][1][2] < 1e-5 < 1e-2
                   < v["still_most"][1][2]),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    names = ["the LSTM of this page", "100 units, radius 0.9",
             "100 units, radius 3"]
    print("# nudges")
    print(" " * 22, *(f"step {step - 1:2}" for step in v["shown"]))
    for name, row in zip(names, v["nudges"]):
        print(f"{name:22}", *(f"{factor:7.3f}" for factor in row))


def figures(values):
    """Return how far float32 is off over the steps, for each radius."""
    lines = {f"radius {radius:g}": [values[f"{end}_log"][k]
                                    for end in ("least", "middle", "most")]
             for k, radius in enumerate(RADII)}
    return {"radius": drawing.ladder(
        lines, range(EVERY, 101, EVERY), "step t",
        "difference of float32",
        "How a difference grows or shrinks",
        "The difference between float32 and float64 over 100 steps of random "
        "networks without input. With radius 0.9 it falls, with 1.5 it stays "
        "or rises slowly, with 3 it rises until it is as large as the states.",
        -12, 1)}


if __name__ == "__main__":
    main()
