"""Windows of a series: leaks, and by how much the error looks too good.

Run `python -m snippets.windows_of_a_series.leaks` for the page's output.
"""

import numpy as np

from snippets.windows_of_a_series.baselines import fit_line, with_one
from snippets.windows_of_a_series.network import centred
from snippets.windows_of_a_series.pairings import many_ahead
from snippets.windows_of_a_series.series import (
    VALIDATION_END, H, T, cut, make_series,
)

SHUFFLES, NEIGHBOURS, SHARE = 20, 3, 5         # one of five is set aside


# --8<-- [start:nearest]
def nearest(x, y, x_new):
    """Forecast by memory: the mean of what followed the three windows
    of x (N, T) that are nearest to each of x_new (M, T). Returns (M, H)."""
    apart = np.sum((x_new[:, None] - x) ** 2, axis=2)     # (M, N)
    return y[np.argsort(apart, axis=1)[:, :NEIGHBOURS]].mean(axis=1)


def error(method, known, asked):
    """Return the mean absolute error of a method on the pairs asked."""
    return np.abs(method(*known, asked[0]) - asked[1]).mean()
# --8<-- [end:nearest]


def nearest_own(x, y, x_new):
    """The same, but with each window about its own mean."""
    new, back = centred(x_new, 1)
    return back(nearest(centred(x, 1)[0], y - x.mean(1, keepdims=True), new))


def line(x, y, x_new):
    """Forecast x_new (M, T) by the line of x (N, T) and y: as y is."""
    return with_one(x_new) @ fit_line(x, y)


# --8<-- [start:shuffled]
def shuffled(method, x, y):
    """Return the error on a fifth of the windows, drawn at random, after
    training on the others: for each of 20 ways to draw."""
    found = []
    for seed in range(SHUFFLES):
        order = np.random.default_rng(seed).permutation(len(x))
        asked, known = np.split(order, [len(x) // SHARE])
        found.append(error(method, (x[known], y[known]),
                           (x[asked], y[asked])))
    return np.array(found)
# --8<-- [end:shuffled]


def spaced(s, length, rate, offset, begin, end):
    """Return windows of every `rate`-th value that lie in s[begin:end],
    and the values `offset` after their beginnings."""
    span = (length - 1) * rate + 1
    first = np.arange(begin, end - max(span, offset + 1) + 1)
    return s[first[:, None] + rate * np.arange(length)], s[first + offset]


def values():
    """Return the values that the page quotes, by name."""
    s = make_series()
    past, test = cut(s, 0, VALIDATION_END), cut(s, VALIDATION_END, len(s))
    promised = shuffled(nearest, *past)
    x, y = many_ahead(s, T, H)
    before = np.arange(len(x)) < VALIDATION_END       # by their beginning
    over = before & (np.arange(len(x)) + T + H > VALIDATION_END)
    found = {
        "promised": promised, "promised_mean": promised.mean(),
        "kept": error(nearest, past, test),
        "own_promised": shuffled(nearest_own, *past).mean(),
        "own_kept": error(nearest_own, past, test),
        "line_promised": shuffled(line, *past).mean(),
        "line_kept": error(line, past, test),
        "straddle": over.sum(), "windows": len(x),
        "line_straddle": error(line, (x[before], y[before]), test),
        "near_straddle": error(nearest, (x[before], y[before]), test),
    }
    for name, rate, offset in (("itself", 1, 0), ("rate_wrong", 2, 7),
                               ("rate_right", 2, 13)):
        parts = [spaced(s, 7, rate, offset, *place) for place in (
            (0, VALIDATION_END), (VALIDATION_END, len(s)))]
        found[name] = np.round(error(line, *parts), 9)
    found["percent"] = 100 * (1 - found["promised_mean"] / found["kept"])
    found["rate_percent"] = 100 * (
        1 - found["rate_wrong"] / found["rate_right"])
    return found


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "all_too_good": ("All of the 20 promises are too good",
                         np.all(v["promised"] < v["kept"])),
        "level": ("keep their promise", v["own_kept"] < v["own_promised"]),
        "nothing": ("an error of nothing at all", v["itself"] < 1e-9),
    }


def main():
    """Print what each leak promises and what is kept."""
    v = values()
    print("# leaks")
    print("                                    promised    kept")
    for label, promised, kept in (
            ("target inside, its own first value", "itself", None),
            ("target inside, every second value", "rate_wrong", "rate_right"),
            ("shuffled first, nearest windows", "promised_mean", "kept"),
            ("the same about their own means", "own_promised", "own_kept"),
            ("shuffled first, a line", "line_promised", "line_kept"),
            ("straddling windows, nearest", "near_straddle", "kept"),
            ("straddling windows, a line", "line_straddle", "line_kept")):
        print(f"{label:35} {v[promised]:z8.2f}",
              f"{v[kept]:z7.2f}" if kept else "")


if __name__ == "__main__":
    main()
