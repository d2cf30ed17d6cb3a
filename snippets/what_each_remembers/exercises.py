"""Exercises on what each remembers: their answers, computed.

Run `python -m snippets.what_each_remembers.exercises` for the numbers.
"""

import numpy as np

from snippets.layers.min_lstm import min_lstm_gates


def values():
    """Return the values that the answers quote, by name."""
    gate = 0.5 ** (1 / 300)
    _, share, _ = min_lstm_gates(np.zeros(1), np.zeros((1, 3)),
                                 np.array([0.0, 5.0, 0.0]))  # (1,): f'
    return {
        "gate": gate, "bias": np.log(gate / (1 - gate)),
        "share": share[0], "ten": share[0] ** 10, "thirty": share[0] ** 30,
        "million": 4 * 1_000_000**2 // 1_000_000,
    }


def main():
    """Print the numbers of the answers."""
    for name, number in values().items():
        digits = ".7f" if isinstance(number, float) else "d"
        print(f"{name:8}{number:12{digits}}")


if __name__ == "__main__":
    main()
