"""Exercises on the scan: their answers, computed.

Run `python -m snippets.parallel_scan.exercises` for the numbers.
"""

from functools import reduce

import numpy as np

from snippets.layers.min_gru import min_gru_gates
from snippets.layers.scan import combine, loop, scan
from snippets.parallel_scan.miniature import W, b, x
from snippets.parallel_scan.tree import cost_of_scan

START = 2.0


# --8<-- [start:start]
def scan_from(h, a, d):
    """Return h_0, h_1, ... for a state h (N, ...) before the first step."""
    d = d.copy()
    d[:, 0] = a[:, 0] * h + d[:, 0]        # the first step takes it in
    return scan(a, d)                      # (N, T, ...)
# --8<-- [end:start]


def values():
    """Return the values that the answers quote, by name."""
    pair, rounds = (0.5, 1.0), cost_of_scan(1_000_000)[0]
    z, h_new = min_gru_gates(x, W, b)      # (N, T, u) each
    taken = (1 - z) * h_new
    start = np.full((1, 1), START)         # (N, u)
    found = scan_from(start, z, taken)[0, :, 0]
    return {
        "four": np.array(reduce(combine, [pair] * 4)),
        "eight": np.array(reduce(combine, [pair] * 8)),
        "from_start": found,
        "product": z.prod(), "share": START * z.prod(),
        "from_zero": loop(z, taken)[0, -1, 0],
        "million": rounds, "reach": 2**rounds,
    }


def main():
    """Print the numbers of the answers."""
    for name, number in values().items():
        print(f"{name:12}", np.round(number, 4))


if __name__ == "__main__":
    main()
