"""Part D, how long the trained LSTM keeps a cell: by its biases, and measured.

Run `python -m snippets.lstm.memory` for the numbers that the page quotes.
"""

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.lstm import lstm
from snippets.lstm.model import make_data
from snippets.lstm.trained import U, W, b, b_f

N, T = 1000, 64
PERCENTS = [5, 95]                                # of the sequences


# --8<-- [start:steps_to_half]
def steps_to_half(seed=7):
    """Return (N, u): how many steps it takes to lose half of a cell."""
    x, _ = make_data(N, T, seed)
    x[:, 1:, 2] = 0                               # only step 0 is marked
    f = lstm(x, W, U, b)[1]                       # forget gates (N, T, u)
    left = np.cumprod(f[:, 1:], axis=1)           # of the cell of step 0
    return 1 + np.argmax(left < 0.5, axis=1)      # the first step below half
# --8<-- [end:steps_to_half]


def values():
    """Return the values that the page quotes, by name."""
    steps = steps_to_half()
    low, high = np.percentile(steps, PERCENTS, axis=0)
    return {
        "half_life": np.log(0.5) / np.log(sigmoid(b_f)),  # by the bias alone
        "middle": np.median(steps, axis=0),
        "low": low,
        "high": high,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    inside = (v["low"] <= v["half_life"]) & (v["half_life"] <= v["high"])
    off = np.abs(v["middle"] - v["half_life"])
    return {
        "in_range": ("Both estimates lie in these ranges", bool(inside.all())),
        "near": ("close for unit 0 and too short for unit 1",
                 bool(off[0] < 1 and v["middle"][1] > v["half_life"][1] + 2)),
    }


def main():
    """Print both, unit by unit."""
    v = values()
    for u in (0, 1):
        print(f"unit {u}: {v['half_life'][u]:.1f} by the bias, "
              f"{v['middle'][u]:.0f} measured, mostly "
              f"{v['low'][u]:.0f} to {v['high'][u]:.0f}")


if __name__ == "__main__":
    main()
