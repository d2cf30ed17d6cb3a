"""Part D, how long the trained LSTM keeps a cell: by its biases, and measured.

Run `python -m snippets.lstm.memory` for the numbers that the page quotes.
"""

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.lstm import lstm
from snippets.lstm.model import make_data
from snippets.lstm.trained import U, W, b, b_f

N, T = 1000, 64


# --8<-- [start:steps_to_half]
def steps_to_half(T=64, seed=7):
    """Return (N, u): how many steps it takes to lose half of a cell."""
    x, _ = make_data(N, T, seed)
    x[:, 1:, 2] = 0                               # only step 0 is marked
    f = lstm(x, W, U, b)[1]                       # forget gates (N, T, u)
    left = np.cumprod(f[:, 1:], axis=1)           # of the cell of step 0
    return 1 + np.argmax(left < 0.5, axis=1)      # the first step below half
# --8<-- [end:steps_to_half]


def by_sign(T=64, seed=7):
    """Return the steps in the middle, (u,), where a plus is held, and a minus.

    Unit 0 holds the second sign of step 0, unit 1 the first.
    """
    steps, signs = steps_to_half(T, seed), make_data(N, T, seed)[0][:, 0, [1, 0]]
    return [np.array([np.median(steps[signs[:, u] == sign, u])
                      for u in (0, 1)]) for sign in (1, -1)]


def values():
    """Return the values that the page quotes, by name."""
    steps = steps_to_half()
    plus, minus = by_sign()
    return {
        "half_life": np.log(0.5) / np.log(sigmoid(b_f)),  # by the bias alone
        "middle": np.median(steps, axis=0),
        "plus": plus,
        "minus": minus,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    plus, minus, estimate = v["plus"][1], v["minus"][1], v["half_life"]
    return {
        "near": ("close to the estimate",
                 bool(abs(v["middle"][0] - estimate[0]) < 1)),
        "between": ("The estimate lies between",
                    bool(plus + 1 < estimate[1] < minus - 1)),
    }


def main():
    """Print both, unit by unit."""
    v = values()
    for u in (0, 1):
        print(f"unit {u}: {v['half_life'][u]:.1f} by the bias, "
              f"{v['middle'][u]:.0f} measured, {v['plus'][u]:.0f} for a "
              f"plus, {v['minus'][u]:.0f} for a minus")


if __name__ == "__main__":
    main()
