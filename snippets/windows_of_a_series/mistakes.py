"""Windows of a series: one forecast of ten days, fed back, step by step.

Run `python -m snippets.windows_of_a_series.mistakes` for the page's output.
"""

import numpy as np

from snippets.recording.measured import measured
from snippets.windows_of_a_series.forecast import SHOWN
from snippets.windows_of_a_series.series import H, make_series, parts


def values():
    """Return the values that the page quotes, by name."""
    m = measured("windows_of_a_series.forecast")
    y = parts(make_series())[2][1][SHOWN]                # (H,)
    fed, told = m["example_fed"][0], m["example_true"][0]  # seed 1
    means = m["fed"].mean(axis=0), m["true"].mean(axis=0)
    return {
        "y": y, "fed": fed, "told": told,
        "fed_error": np.abs(fed - y), "told_error": np.abs(told - y),
        "growth": means[0][-1] / means[0][0],
        "first": means[0][0], "last": means[0][-1],
        "lowest": means[1].min(), "highest": means[1].max(),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "grows": ("the error grows", v["growth"] > 1.5),
        "flat": ("it stays", v["highest"] < 1.1 * v["lowest"]),
    }


def main():
    """Print one forecast, step by step."""
    v = values()
    print("# example")
    print("step    true  fed back    off  one step    off")
    for k in range(H):
        print(f"{k + 1:4} {v['y'][k]:z7.2f} {v['fed'][k]:z9.2f}",
              f"{v['fed_error'][k]:z6.2f} {v['told'][k]:z9.2f}",
              f"{v['told_error'][k]:z6.2f}")


if __name__ == "__main__":
    main()
