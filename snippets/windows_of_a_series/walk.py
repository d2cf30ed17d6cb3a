"""Windows of a series: walk-forward, one test part after the other.

Run `python -m snippets.windows_of_a_series.walk` for the page's output.
"""

import numpy as np

from snippets.windows_of_a_series.baselines import fit_line, with_one
from snippets.windows_of_a_series.series import TRAIN_END, cut, make_series


# --8<-- [start:walk]
def walk_forward(s, begin=TRAIN_END, length=61):
    """Train on all before a day, test on the `length` days that follow,
    move on. Returns the mean absolute error of each part."""
    found = []
    for day in range(begin, len(s) - length + 1, length):
        C = fit_line(*cut(s, 0, day))
        x, y = cut(s, day, day + length)
        found.append(np.abs(with_one(x) @ C - y).mean())
    return np.array(found)
# --8<-- [end:walk]


def values():
    """Return the values that the page quotes, by name."""
    errors = walk_forward(make_series())
    return {"errors": errors, "parts": len(errors), "mean": errors.mean(),
            "low": errors.min(), "high": errors.max()}


def main():
    """Print the error of each part."""
    v = values()
    print("# walk")
    print(*(f"{error:z.2f}" for error in v["errors"]))


if __name__ == "__main__":
    main()
