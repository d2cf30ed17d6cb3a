"""Windows of a series: three baselines, and the two errors to judge by.

Run `python -m snippets.windows_of_a_series.baselines` for the page's output.
Source: R. Hyndman and G. Athanasopoulos, Forecasting (3rd edition).
"""

import numpy as np

from snippets.windows_of_a_series.series import (
    TRAIN_END, H, make_series, parts,
)

SEASON = 7


# --8<-- [start:naive]
def last_value(x):
    """Return the last value of each window (N, T), H times: (N, H)."""
    return np.repeat(x[:, -1:], H, axis=1)


def seasonal(x):
    """Return for each of H days the value of the same weekday, the last
    that the window (N, T) has: (N, H)."""
    return x[:, np.arange(H) % SEASON - SEASON]
# --8<-- [end:naive]


# --8<-- [start:line]
def with_one(x):
    """Put a column of ones before x (N, T): (N, 1 + T)."""
    return np.hstack([np.ones((len(x), 1)), x])


def fit_line(x, y):
    """Return C (1 + T, H), the least squares solution of [1, x] C = y."""
    return np.linalg.lstsq(with_one(x), y, rcond=None)[0]
# --8<-- [end:line]


# --8<-- [start:feed_back]
def feed_back(x, one_step, steps=H):
    """Forecast `steps` steps, each from a window whose newest values are
    the forecasts before it. one_step: (N, T) to (N,). Returns (N, steps)."""
    found = []
    for _ in range(steps):
        y = one_step(x)                               # (N,)
        found.append(y)
        x = np.hstack([x[:, 1:], y[:, None]])         # (N, T): one on
    return np.stack(found, axis=1)
# --8<-- [end:feed_back]


# --8<-- [start:errors]
def mae(forecast, y):
    """Return the mean absolute error at each step ahead, (H,)."""
    return np.abs(forecast - y).mean(axis=0)


def season_step(training):
    """Return by how much a value differs from that of a season before,
    on average: what MASE divides by."""
    return np.abs(training[SEASON:] - training[:-SEASON]).mean()
# --8<-- [end:errors]


def values():
    """Return the values that the page quotes, by name."""
    s = make_series()
    (x, y), _, (x_test, y_test) = parts(s)
    C = fit_line(x, y)
    line = with_one(x_test) @ C                       # (N, H)
    fed = feed_back(x_test, lambda x: with_one(x) @ C[:, 0])
    errors = {
        "last": mae(last_value(x_test), y_test),
        "season": mae(seasonal(x_test), y_test),
        "line": mae(line, y_test), "line_fed": mae(fed, y_test),
    }
    scale = season_step(s[:TRAIN_END])
    return errors | {
        f"{name}_mean": error.mean() for name, error in errors.items()
    } | {
        f"{name}_mase": error.mean() / scale for name, error in errors.items()
    } | {"scale": scale, "coefficients": C.size}


def main():
    """Print the errors of each baseline by step ahead."""
    v = values()
    print("# errors")
    print("steps ahead         1      2      5     10   all  MASE")
    for name, label in (("last", "last value"), ("season", "a week before"),
                        ("line", "a line"), ("line_fed", "a line, fed back")):
        errors = (f"{v[name][k - 1]:z6.2f}" for k in (1, 2, 5, 10))
        print(f"{label:16}", *errors, f"{v[f'{name}_mean']:z6.2f}",
              f"{v[f'{name}_mase']:z5.2f}")


if __name__ == "__main__":
    main()
