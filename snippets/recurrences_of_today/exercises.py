"""Recurrences of today: the answers to the exercises.

Run `python -m snippets.recurrences_of_today.exercises`.
"""

import numpy as np

from snippets.layers.slstm import plain_slstm_step, slstm
from snippets.recurrences_of_today import rwkv as r
from snippets.recurrences_of_today import slstm as mini


def values():
    """Return the values that the page quotes, by name."""
    zero = np.zeros_like(mini.U)
    i, f, c_new, o, c, n, h = slstm(
        mini.x, mini.W, zero, mini.b, plain_slstm_step)[:, 0, :, 0]
    k, v = (r.values()[name] for name in "kv")
    half = np.log(2) / r.w[0]
    return {
        "i": i, "f": f, "c_new": c_new, "o": o, "c": c, "n": n, "h": h,
        "half": half, "steps": np.ceil(half),
        "no_bonus": r.wkv_by_sums(k, v, r.w[0], 0.0),
    }


def main():
    """Print each value behind its name."""
    for name, numbers in values().items():
        print(f"{name:14}", *(f"{n:z.4f}" for n in np.ravel(numbers)))


if __name__ == "__main__":
    main()
