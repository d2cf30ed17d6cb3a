"""When your numbers differ: how much difference is normal, measured.

`python -m snippets.recording.measure when_your_numbers_differ.precision`
computes all anew: the last bits hang on the processor.
Shapes: N samples, T steps, m inputs a step, u units.
"""

import os
import subprocess
import sys
import tempfile

import keras
import numpy as np

from snippets.layers.gru import gru
from snippets.layers.lstm import lstm
from snippets.layers.simple_rnn import simple_rnn
from snippets.recording.measured import measured

LAYERS = {"SimpleRNN": keras.layers.SimpleRNN,
          "LSTM": keras.layers.LSTM,
          "GRU": keras.layers.GRU}
BY_HAND = {"SimpleRNN": simple_rnn,
           "LSTM": lambda *given: lstm(*given)[-1],
           "GRU": lambda *given: gru(*given)[-1]}
STEPS = [10, 100, 1000]
SEEDS, UNITS, INPUTS, SAMPLES = 5, 32, 8, 32


# --8<-- [start:states]
def layer_of(name, seed, dtype):
    """Return a new layer; a seed draws the same weights for each dtype."""
    keras.utils.set_random_seed(seed)
    drawn = LAYERS[name](UNITS)
    drawn.build((None, None, INPUTS))
    layer = LAYERS[name](UNITS, return_sequences=True, dtype=dtype)
    layer.build((None, None, INPUTS))
    layer.set_weights(drawn.get_weights())
    return layer


def inputs(seed, samples=1):
    """Return x (N, T, m), the same numbers for each dtype."""
    shape = samples, max(STEPS), INPUTS
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def states(name, seed, dtype, samples=1):
    """Return the states of the first sample, (T, u)."""
    x = inputs(seed, samples)
    if dtype != "mixed_float16":
        x = x.astype(dtype)
    return np.array(layer_of(name, seed, dtype)(x))[0]
# --8<-- [end:states]


def save_float32(path):
    """Save the float32 states of all layers and seeds, alone and in a batch."""
    np.savez(path, **{
        f"{name}_{seed}_{samples}": states(name, seed, "float32", samples)
        for name in LAYERS for seed in range(SEEDS)
        for samples in (1, SAMPLES)})


def with_onednn(on):
    """Return what save_float32 gives in a new process, oneDNN on or off."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "states.npz")
        subprocess.run(
            [sys.executable, "-c", f"import {__name__} as p; "
             "import sys; p.save_float32(sys.argv[1])", path],
            env={**os.environ, "TF_ENABLE_ONEDNN_OPTS": str(int(on))},
            check=True)
        with np.load(path) as file:
            return dict(file)


def largest(mine, theirs):
    """Return the largest difference over the first 10, 100, 1000 steps."""
    off = np.abs(mine.astype("float64") - theirs).max(axis=-1)  # (T,)
    return [off[:T].max() for T in STEPS]


def brief(number):
    """Return a number with two digits: the next hang on the processor."""
    return float(f"{number:.1e}")


def measure():
    """Return all largest differences, {layer_what: (seeds, 3)}."""
    on, off = with_onednn(True), with_onednn(False)
    record = {}
    for name in LAYERS:
        rows = {key: [] for key in ("float32", "float16", "hand", "onednn",
                                    "onednn_batch", "alone")}
        refused = same = 0
        for seed in range(SEEDS):
            exact = states(name, seed, "float64")
            single, batch = (f"{name}_{seed}_{n}" for n in (1, SAMPLES))
            weights = [array.astype("float64") for array in
                       layer_of(name, seed, "float32").get_weights()]
            x = inputs(seed).astype("float64")
            half = states(name, seed, "float16")
            for key, mine, theirs in (
                    ("float32", on[single], exact),
                    ("float16", half, exact),
                    ("hand", BY_HAND[name](x, *weights)[0], exact),
                    ("onednn", off[single], on[single]),
                    ("onednn_batch", off[batch], on[batch]),
                    ("alone", on[batch], on[single])):
                rows[key].append([*map(brief, largest(mine, theirs))])
            refused += not np.allclose(on[single], exact)
            mixed = states(name, seed, "mixed_float16")
            same += np.array_equal(half, mixed)
        record |= {f"{name}_{key}": row for key, row in rows.items()}
        record |= {f"{name}_refused": refused, f"{name}_mixed_same": same}
    return record


# --8<-- [start:close]
TOLERANCE = {"float64": 1e-9, "float32": 1e-5, "float16": 1e-2}


def close(mine, theirs):
    """Say whether two arrays of one shape differ by rounding only."""
    if mine.shape != theirs.shape:
        raise ValueError(f"{mine.shape} against {theirs.shape}")
    size = max(1, np.abs(theirs).max())
    return np.abs(mine - theirs).max() <= TOLERANCE[theirs.dtype.name] * size
# --8<-- [end:close]


UNIT = {"float32": 1e-7, "float16": 1e-4, "hand": 1e-16,
        "onednn": 1e-7, "onednn_batch": 1e-7, "alone": 1e-7}
WORST = {"float64": "hand", "float32": "float32", "float16": "float16"}


def values():
    """Return the values that the page quotes, by name."""
    record = measured("when_your_numbers_differ.precision")
    v = {"seeds": SEEDS, "trials": SEEDS * len(LAYERS)}
    for key, unit in UNIT.items():
        rows = np.array([record[f"{name}_{key}"] for name in LAYERS]) / unit
        least, most = rows.min(axis=1), rows.max(axis=1)  # (layers, 3)
        v |= {f"{key}_least": least.round(3), f"{key}_most": most.round(3),
              f"{key}_most_all": most.max().round(3)}
    v["refused"] = sum(int(record[f"{name}_refused"]) for name in LAYERS)
    worst = [v[f"{key}_most_all"] * UNIT[key] for key in WORST.values()]
    v["room"] = np.array([float(f"{TOLERANCE[dtype] / off:.0e}")
                          for dtype, off in zip(WORST, worst)])
    v["mixed_same"] = all(record[f"{name}_mixed_same"] == SEEDS
                          for name in LAYERS)
    return v


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    most = v["float32_most"]
    return {
        "hardly": ("A hundred times as many steps, and the difference is not "
                   "even five times as large", np.all(most[:, 2] < 5 * most[:, 0])),
        "batch_same": ("In a batch not one bit differs, and with oneDNN the "
                       "sample has the same bits alone and in the batch",
                       v["onednn_batch_most_all"] == v["alone_most_all"] == 0),
        "mixed_same": ("the states are the same, bit by bit",
                       v["mixed_same"]),
    }


def main():
    """Print the numbers of the page's tables."""
    v = values()
    for key, unit in UNIT.items():
        print(f"{key}, in units of 10^{np.log10(unit):.0f}, at most:",
              *(f"{most:z.2f}" for most in v[f"{key}_most"].ravel()))


if __name__ == "__main__":
    main()
