"""Windows of a series: a GRU forecasts ten days, at once and fed back.

Training takes minutes, so what it gave is recorded:
`python -m snippets.recording.measure windows_of_a_series.forecast`.
"""

import numpy as np

from snippets.recording import drawing
from snippets.recording.measured import measured
from snippets.windows_of_a_series import baselines, features
from snippets.windows_of_a_series.baselines import feed_back, mae
from snippets.windows_of_a_series.network import forecaster, one_scale
from snippets.windows_of_a_series.ranges import QUANTILES, interval
from snippets.windows_of_a_series.series import (
    TRAIN_END, H, T, make_series, parts,
)

SEEDS = range(1, 9)
SHOWN = 3                                      # the window that is followed


def measure():
    """Return the mean absolute errors (8, 10) of each kind of forecast."""
    s = make_series()
    (x, y), (x_val, y_val), (x_test, y_test) = parts(s)
    mean, spread = s[:TRAIN_END].mean(), s[:TRAIN_END].std()
    found = {name: [] for name in (
        "direct", "fed", "true", "scaled", "peeked", "low_high", "inside",
        "example_direct", "example_fed", "example_true")}
    for seed in SEEDS:
        direct = forecaster(x, y, spread, seed)
        step = forecaster(x, y[:, :1], spread, seed)
        both = np.hstack([x_test, y_test])         # (N, T + H)
        told = np.hstack([step(both[:, k:k + T]) for k in range(H)])
        forecasts = {
            "direct": direct(x_test), "true": told,
            "fed": feed_back(x_test, lambda x, step=step: step(x)[:, 0]),
            "scaled": one_scale(x, y, mean, spread, seed)(x_test),
            "peeked": one_scale(x, y, s.mean(), s.std(), seed)(x_test),
        }
        for name, forecast in forecasts.items():
            found[name].append(np.round(mae(forecast, y_test), 3))
            if f"example_{name}" in found:
                row = np.round(forecast[SHOWN].astype(float), 2)
                found[f"example_{name}"].append(row)
        errors = y_val - direct(x_val)             # (N, H)
        low, high = np.quantile(errors, QUANTILES, axis=0)  # (H,) each
        errors = y_test - forecasts["direct"]
        found["low_high"].append(np.round([low, high], 2))
        found["inside"].append(
            np.sum((low <= errors) & (errors <= high), axis=0))
    return {name: np.array(rows) for name, rows in found.items()}


def values():
    """Return the values that the page quotes, by name."""
    m = measured("windows_of_a_series.forecast")
    line = baselines.values()
    kinds = "direct", "fed", "true", "scaled", "peeked"
    found = {name: m[name].mean(axis=0) for name in kinds}       # (H,)
    means = {name: m[name].mean(axis=1) for name in kinds}       # (8,)
    found |= {f"{name}_mean": row.mean() for name, row in means.items()}
    found |= {f"{name}_mase": row.mean() / line["scale"]
              for name, row in means.items()}
    low_high = m["low_high"].mean(axis=0)                        # (2, H)
    tested = len(parts(make_series())[2][1])
    return found | {
        "ahead_of_line": interval(line["line_mean"] - means["direct"]),
        "ahead_of_told": interval(
            features.values()["told_mean"] - means["direct"]),
        "fed_over_direct": interval(means["fed"] - means["direct"]),
        "peeked_over_scaled": interval(means["peeked"] - means["scaled"]),
        "scaled_over_own": interval(means["scaled"] - means["direct"]),
        "better": int(np.sum(means["direct"] < line["line_mean"])),
        "season_mean": line["season_mean"],
        "fed_over_line": interval(means["fed"] - line["line_fed_mean"]),
        "low": low_high[0], "high": low_high[1],
        "inside": 100 * m["inside"].mean(axis=0) / tested,       # (H,)
        "inside_mean": 100 * m["inside"].mean() / tested,
        "trainings": 4 * len(m["direct"]), "seeds": len(m["direct"]),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    both = min(v["scaled_mean"], v["peeked_mean"])
    low, high = v["peeked_over_scaled"]
    return {
        "every": ("the GRU is ahead of the line with every seed",
                  v["better"] == v["seeds"]),
        "lost": ("the GRU has lost this lead", v["fed_over_line"][1] > 0),
        "uncertain": ("nothing that is certain", low < 0 < high),
        "both_worse": ("Both are worse than the value of a week before",
                       both > v["season_mean"]),
    }


def main():
    """Print the errors by step ahead."""
    v = values()
    print("# errors")
    print("steps ahead         1      2      5     10   all  MASE")
    for name, label in (("direct", "GRU, ten outputs"),
                        ("fed", "GRU, fed back"), ("true", "GRU, one step")):
        errors = (f"{v[name][k - 1]:z6.2f}" for k in (1, 2, 5, 10))
        print(f"{label:16}", *errors, f"{v[f'{name}_mean']:z6.2f}",
              f"{v[f'{name}_mase']:z5.2f}")


def figures(v):
    """Return the error by step ahead of a line and of the GRU."""
    return {"errors": drawing.curve(
        {"a line": baselines.values()["line"], "GRU, ten outputs":
         v["direct"], "GRU, fed back": v["fed"]},
        "steps ahead", "mean absolute error",
        "The error by step ahead",
        "Three curves over ten steps ahead, all rising steeply at first and "
        "slowly later: a line, a GRU with ten outputs, a GRU fed back.",
        top=4, below=True)}


if __name__ == "__main__":
    main()
