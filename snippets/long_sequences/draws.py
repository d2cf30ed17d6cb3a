"""Long sequences: random numbers that a browser repeats, digit by digit.

NumPy's own generators are long programs. This one is short: the laboratory of
the page has it in JavaScript and draws the same strings and the same weights.
Source: Tommy Ettinger, Mulberry32 (2017).
"""

import numpy as np

STEP = np.uint32(0x6D2B79F5)         # odd: the counter meets every number
OF_32_BITS = 2.0**32


class Draws:
    """Random numbers from a seed, 0 to 2**32 - 1.

    Has the methods of `numpy.random.Generator` that the page's modules call.
    """

    def __init__(self, seed):
        self.counter = np.uint32(seed)

    def random(self, size=1):
        """Return numbers from 0 up to 1, without 1."""
        steps = np.arange(1, np.prod(size) + 1, dtype=np.uint32)
        a = self.counter + steps * STEP            # all mod 2**32
        self.counter = a[-1]
        t = (a ^ a >> 15) * (a | 1)
        t ^= t + (t ^ t >> 7) * (t | 61)
        return np.reshape((t ^ t >> 14) / OF_32_BITS, size)

    def uniform(self, low, high, size):
        """Return numbers from low up to high."""
        return low + (high - low) * self.random(size)

    def normal(self, size):
        """Return normal numbers, by the formula of Box and Muller."""
        u, v = np.moveaxis(self.random((*size, 2)), -1, 0)
        return np.sqrt(-2 * np.log(1 - u)) * np.cos(2 * np.pi * v)

    def choice(self, options, p=None):
        """Return one of the options, each with its probability."""
        p = np.full(len(options), 1 / len(options)) if p is None else p
        at = np.searchsorted(np.cumsum(p), self.random()[0], side="right")
        return options[min(at, len(options) - 1)]  # cumsum may end below 1


def values():
    """Return the first normal numbers of a few seeds."""
    return {"normal": np.array([Draws(seed).normal((5,)) for seed in (0, 1, 7)])}


def main():
    """Print the first normal numbers of three seeds."""
    for row in values()["normal"]:
        print(*(f"{number:z8.4f}" for number in row))


if __name__ == "__main__":
    main()
