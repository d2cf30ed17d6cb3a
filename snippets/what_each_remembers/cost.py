"""The time of a training step over its length: loop, scan, attention.

Run `python -m snippets.what_each_remembers.cost` for the page's output, and
`python -m snippets.recording.measure what_each_remembers.cost` to measure.
Shapes: one sequence, T steps, m = u = 64.
"""

import time

import keras
import numpy as np

from snippets.layers.scanned import MinGRU
from snippets.recording import drawing
from snippets.recording.measured import measured

# --8<-- [start:model]
LENGTHS = [64, 128, 256, 512, 1024, 2048, 4096]
KINDS = ("GRU, a loop", "minGRU, a scan", "attention")
UNITS, RUNS = 64, 5


def build_model(kind, T):
    """Return a compiled model (1, T, 64) to (1, T, 64) of one layer."""
    x = keras.Input((T, UNITS), batch_size=1)
    if kind == KINDS[0]:
        y = keras.layers.GRU(UNITS, return_sequences=True)(x)
    elif kind == KINDS[1]:
        y = MinGRU(UNITS)(x)
    else:                                        # one head, nothing later
        attention = keras.layers.MultiHeadAttention(1, UNITS)
        y = attention(x, x, use_causal_mask=True)
    model = keras.Model(x, y)
    model.compile("sgd", "mse")
    return model


def seconds(kind, T):
    """Return the processor's time for a training step, in each run."""
    model, x, found = build_model(kind, T), np.ones((1, T, UNITS)), []
    for _ in range(RUNS + 2):
        start = time.process_time()              # what others do: not counted
        model.train_on_batch(x, x)
        found.append(time.process_time() - start)
    return found[2:]                             # the first two prepare it
# --8<-- [end:model]


def measure():
    """Measure all (some minutes)."""
    return {"times": np.array([[seconds(kind, T) for T in LENGTHS]
                               for kind in KINDS]).round(5)}


def stored(kind, T):
    """Return how many numbers of the layer wait for the gradient, nearly."""
    return T * T if kind == "attention" else T * UNITS


def values():
    """Return the values that the page quotes, by name."""
    times = measured("what_each_remembers.cost")["times"]
    middle = np.median(times, axis=-1)           # (kinds, lengths)
    return {
        "middle": 1000 * middle,
        "lowest": 1000 * times.min(axis=-1),
        "highest": 1000 * times.max(axis=-1),
        "doubling": middle[:, -1] / middle[:, -2],
        "behind": middle[0] / middle[1],         # how much longer the loop
        "stored": np.array([[stored(kind, T) for T in LENGTHS]
                            for kind in KINDS]),
        "pairs_of_8": 8 * 9 // 2,
        "times": stored("attention", LENGTHS[-1]) / stored("", LENGTHS[-1]),
        "scores_megabytes": 4 * stored("attention", LENGTHS[-1]) / 1e6,
    }


def claims(v):
    """Return what the page says of these times, and whether it is true."""
    loop, scan, attention = v["middle"]
    return {
        "scan_less": ("the scan took less time than the loop",
                      bool(np.all(scan < 0.7 * loop))),
        "steep": ("attention took more than three times as long, loop and"
                  " scan less than three times",
                  bool(v["doubling"][2] > 3 > max(v["doubling"][:2]))),
        "not_yet": ("attention took less time than the loop",
                    bool(np.all(attention[:-1] < 0.8 * loop[:-1]))),
    }


def figures(values):
    """Return the time of a training step over the length, a line each."""
    logs = [np.log10(values[which])
            for which in ("lowest", "middle", "highest")]
    lines = {kind.split(",")[0]: rows for kind, rows in zip(KINDS, zip(*logs))}
    return {"time": drawing.ladder(
        lines, np.log2(LENGTHS), "steps, as a power of 2", "milliseconds",
        "The time of a training step over the length",
        "Three curves that rise. Attention begins lowest and rises most "
        "steeply; the loop rises evenly; the scan stays below the loop.",
        0, 4)}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# times")
    print(f"{'steps':15}" + "".join(f"{T:9}" for T in LENGTHS))
    for kind, row in zip(KINDS, v["middle"]):
        print(f"{kind:15}" + "".join(f"{number:9.2f}" for number in row))


if __name__ == "__main__":
    main()
