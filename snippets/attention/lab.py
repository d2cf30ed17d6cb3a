"""Attention: what the lab shows at first, and after changes.

Run `python -m snippets.attention.lab` for the sum that the page shows.
"""

import numpy as np

from snippets.attention.by_hand import read, write
from snippets.attention.model import draw
from snippets.attention.trained import SHOWN, trained
from snippets.layers.attention import dot_scores
from snippets.reber.strings import SYMBOLS, one_hot

STEP, UNIT = 4, 0
LONGEST, TRIED = 16, 50                              # symbols, and changes


def random_changes(count=TRIED):
    """Return what readers could set: string, step, unit, forced or not."""
    rng, cases = np.random.default_rng(0), []
    for n in range(count):
        T = int(rng.integers(5, LONGEST + 1))
        [string] = draw([T], seed=n)
        if n % 2:                                    # not of the grammar
            T = int(rng.integers(1, LONGEST + 1))
            string = "".join(rng.choice(list(SYMBOLS), T))
        step, unit, forced = rng.integers([T, 8, 2])
        cases.append((string, int(step), int(unit), bool(forced)))
    return cases


def row(string, step, unit, forced=True):
    """Return scores, weights, one unit of each state (T,) and p (7,)."""
    weights, x = trained(), one_hot(string)[None]
    h = read(x, weights)                             # (1, T, u)
    p, alpha, d = write(h, x, weights, forced)
    e = dot_scores(d[0, [step]] @ weights[6], h[0])[0]       # (T,)
    return e, alpha[0, step], h[0, :, unit], p[0, step]


def values():
    """Return the values that the page quotes, by name."""
    e, alpha, state, p = row(SHOWN, STEP, UNIT)
    tried = np.zeros((TRIED, 3 * LONGEST + 7))
    for line, case in zip(tried, random_changes()):
        found = row(*case)
        for k, numbers in enumerate(found[:3]):      # filled up with zeros
            line[k * LONGEST:k * LONGEST + len(numbers)] = numbers
        line[3 * LONGEST:] = found[3]
    return {
        "e": e, "alpha": alpha, "state": state, "product": alpha * state,
        "c": alpha @ state, "p": p.max(), "largest": alpha.max(),
        "tried": tried,
    }


def main():
    """Print one unit of the context, and what it is made of."""
    v = values()
    for t, symbol in enumerate(SHOWN):
        numbers = v["e"][t], v["alpha"][t], v["state"][t], v["product"][t]
        print(t, symbol, *(f"{number:z8.4f}" for number in numbers))
    print(f"sum {v['c']:z.4f}")


if __name__ == "__main__":
    main()
