"""Windows of a series: a range for each forecast, and how often it holds.

Run `python -m snippets.windows_of_a_series.ranges` for the page's output.
"""

import numpy as np

from snippets.windows_of_a_series.baselines import fit_line, with_one
from snippets.windows_of_a_series.series import make_series, parts

QUANTILES = 0.05, 0.95                         # nine of ten lie between


# --8<-- [start:ranges]
def ranges(errors):
    """Return the lower and the upper edge of the errors (N, H): (H,) each."""
    return np.quantile(errors, QUANTILES, axis=0)


def covered(errors, low, high):
    """Return the share of errors (N, H) between the edges, in per cent."""
    return 100 * np.mean((low <= errors) & (errors <= high), axis=0)  # (H,)
# --8<-- [end:ranges]


def interval(differences):
    """Return the 95 % interval of the mean of eight differences (8,)."""
    error = differences.std(ddof=1) / np.sqrt(len(differences))
    return differences.mean() + np.array([-2.365, 2.365]) * error


def values():
    """Return the values that the page quotes, by name."""
    (x, y), (x_val, y_val), (x_test, y_test) = parts(make_series())
    C = fit_line(x, y)
    forecast = with_one(x_test) @ C            # (N, H)
    seen = y - with_one(x) @ C                 # errors on what it learned from
    chosen = y_val - with_one(x_val) @ C
    low, high = ranges(chosen)
    share = covered(y_test - forecast, low, high)
    share_seen = covered(y_test - forecast, *ranges(seen))
    return {
        "low": low, "high": high, "share": share, "share_mean": share.mean(),
        "width": high - low, "wider": (high - low)[-1] / (high - low)[0],
        "seen_mean": share_seen.mean(), "tested": len(y_test),
        "first": forecast[0, 0], "first_low": forecast[0, 0] + low[0],
        "first_high": forecast[0, 0] + high[0], "first_true": y_test[0, 0],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "inside": ("the true value lies inside",
                   v["first_low"] < v["first_true"] < v["first_high"]),
    }


def main():
    """Print the edges and the coverage, by step ahead."""
    v = values()
    print("# ranges")
    print("steps ahead   from     to   inside")
    for k in (1, 2, 5, 10):
        print(f"{k:11} {v['low'][k - 1]:z6.2f} {v['high'][k - 1]:z6.2f}",
              f"{v['share'][k - 1]:6.1f} %")


if __name__ == "__main__":
    main()
