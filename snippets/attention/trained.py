"""Attention, one trained model: what it writes, and where it looks.

Run `python -m snippets.attention.trained` for the outputs of the page. The
weights are those of seed 1, rounded to two decimals.
"""

import numpy as np

from snippets.attention.by_hand import read, right, write, written
from snippets.attention.model import LONGEST, SHORTEST, draw
from snippets.attention.trainings import NAMES
from snippets.reber.strings import one_hot
from snippets.recording import drawing
from snippets.recording.measured import measured

SHOWN = "BTSXXVPSE"
PLACES = ("its own place", "another place with the same symbol",
          "a place with another symbol")


def trained():
    """Return the nine weight arrays, as get_weights() orders them."""
    record = measured("attention.trainings")
    return [record[name] for name in NAMES]


def looks(strings, weights):
    """Count where the largest weight of a step lies: (3,).

    On the place of the symbol to be written, on another place with the same
    symbol, or on one with another symbol. B and E, which need no look, are
    left out.
    """
    found = np.zeros(3, int)
    for string in strings:
        x = one_hot(string)[None]
        _, alpha, _ = write(read(x, weights), x, weights)       # (1, T, T)
        for k, t in list(enumerate(alpha[0].argmax(-1)))[1:-1]:
            found[0 if t == k else 1 if string[t] == string[k] else 2] += 1
    return found


def padded_right(strings, weights, to, masked):
    """Return the share right if a mask is forgotten.

    The strings are filled up with zeros to `to` symbols. Masked, the encoder
    leaves them out, so its last state is repeated, and attention sees that.
    """
    x = np.array([one_hot(string) for string in strings])    # (N, T, 7)
    more = to - x.shape[1]
    if masked:
        h = read(x, weights)
        h = np.concatenate([h, np.repeat(h[:, -1:], more, axis=1)], axis=1)
    else:
        h = read(np.pad(x, ((0, 0), (0, more), (0, 0))), weights)
    p, *_ = write(h, x, weights, forced=False)
    return np.mean((p.argmax(-1) == x.argmax(-1)).all(axis=1))


def values():
    """Return the values that the page quotes, by name."""
    weights = trained()
    x = one_hot(SHOWN)[None]
    h = read(x, weights)
    p, alpha, _ = write(h, x, weights)
    strings = draw(np.repeat(range(SHORTEST, LONGEST + 1), 25), seed=7)
    found = looks(strings, weights)
    short = draw([8] * 100, seed=8)
    return {
        "alpha": alpha[0], "p": p[0].max(-1),
        "strings": len(strings), "steps": found.sum(),
        "looks": found, "shares": 100 * found / found.sum(),
        "own_right": 100 * np.mean([right([s], weights) for s in strings]),
        "right": 100 * right(short, weights),
        "no_mask": 100 * padded_right(short, weights, LONGEST, False),
        "lost_mask": 100 * padded_right(short, weights, LONGEST, True),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    best = v["alpha"].argmax(axis=-1)                        # (T,)
    return {
        "diagonal": ("At its first steps the model looks at the symbol that "
                     "it is about to write", best[:4].tolist() == [0, 1, 2, 3]),
        "next": ("at step 4, it looks most at the V behind it",
                 bool(best[4] == 5)),
        "last": ("at step 7, at the final E", bool(best[7] == 8)),
        "half": ("little more than half", bool(50 < v["shares"][0] < 60)),
    }


def figures(v):
    """Return the weights of one string as a heat map."""
    return {"weights": drawing.heat_map(
        {f"{k} {symbol}": (f"attention.trained.alpha[{k}]", row)
         for k, (symbol, row) in enumerate(zip(SHOWN, v["alpha"]))},
        SHOWN, "Where each step looks",
        "A square table. Columns are the symbols that were read, rows those "
        "that are written. Most of the large weights lie on the diagonal.")}


def main():
    """Print the outputs that the page shows, each below its name."""
    v, weights = values(), trained()
    print("# written")
    for T in (8, 12, 16, 20):
        [string] = draw([T], seed=T)
        [copy] = written([string], weights)
        print(f"{string:20}  {copy:20}", "yes" if copy == string else "no")
    print("# looks")
    for place, count in zip(PLACES, v["looks"]):
        print(f"{place:38} {count:5}")


if __name__ == "__main__":
    main()
