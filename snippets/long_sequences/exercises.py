"""Long sequences: the numbers of the exercises.

Run `python -m snippets.long_sequences.exercises` to see them.
"""

import numpy as np

from snippets.layers.lstm import lstm, lstm_step
from snippets.long_sequences import one_unit
from snippets.lstm.miniature import U, W, b, x


def values():
    """Return the values that the page quotes, by name."""
    gate = 0.5 ** (1 / 40)
    back = one_unit.values()
    c, h = lstm(x[None], W, U, b)[4:, 0, 1]            # (1,) each, after step 1
    without = U * [1, 1, 1, 0]                         # U_o = 0
    o = lstm_step(x[2], h, c, W, without, b)[3].item()
    return {
        "gate": gate,
        "gate_bias": np.log(gate / (1 - gate)),
        "by_cell": back["shown"] * back["ch"],
        "o_without": o,
        "by_cell_without": o * back["slope_c"] * back["ch"],
        "halved": 0.5 ** np.array([10.0, 20.0]),
    }


def main():
    """Print the numbers of the answers."""
    for name, value in values().items():
        print(name, *(f"{number:.1e}" for number in np.ravel(value)))


if __name__ == "__main__":
    main()
