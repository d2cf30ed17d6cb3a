"""Windows of a series: several features, and one that is known ahead.

Run `python -m snippets.windows_of_a_series.features` for the page's output.
"""

import keras
import numpy as np

from snippets.windows_of_a_series.baselines import (
    SEASON, fit_line, mae, with_one,
)
from snippets.windows_of_a_series.miniature import s
from snippets.windows_of_a_series.series import (
    DAYS, T, TRAIN_END, VALIDATION_END, make_series, parts,
)

# --8<-- [start:columns]
sale = np.array([0, 1, 0, 1, 1, 0, 1, 0])      # a sale on that day?
columns = np.column_stack([s, sale])           # (8, 2)
windows, = keras.utils.timeseries_dataset_from_array(columns[:-1], None, 3)
windows = np.array(windows)                    # (N, T, m) = (5, 3, 2)
targets = s[3:]                                # (N,): one column of the next
# --8<-- [end:columns]

# --8<-- [start:ahead]
known = np.column_stack([s[:-1], sale[1:]])    # (7, 2): today, tomorrow's
ahead, = keras.utils.timeseries_dataset_from_array(known, None, 3)
ahead = np.array(ahead)                        # (5, 3, 2)
# --8<-- [end:ahead]

EFFECT, SHARE = 8, 0.1                         # of a sale; days with one


def one_ahead(extra):
    """Return the errors of a line, one step ahead: of the values alone, with
    the sales of the window, and with that of the day to forecast."""
    s = make_series() + EFFECT * extra         # (DAYS,)
    first = np.arange(DAYS - T)
    steps = first[:, None] + np.arange(T)      # (N, T)
    y = s[first + T]
    past, test = first + T < TRAIN_END, first + T >= VALIDATION_END
    found = []
    for x in (s[steps], np.hstack([s[steps], extra[steps]]),
              np.hstack([s[steps], extra[steps], extra[first + T, None]])):
        C = fit_line(x[past], y[past])
        found.append(np.abs(with_one(x[test]) @ C - y[test]).mean())
    return np.array(found)


# --8<-- [start:weekday]
def weekday(first, count):
    """Return the weekday of `count` days, one-hot, (count, 7)."""
    return np.eye(SEASON)[(first + np.arange(count)) % SEASON]
# --8<-- [end:weekday]


def values():
    """Return the values that the page quotes, by name."""
    extra = (np.random.default_rng(1).random(DAYS) < SHARE).astype(float)
    (x, y), _, (x_test, y_test) = parts(make_series())
    # The seven columns of the weekday add up to one: no column of ones.
    C = np.linalg.lstsq(np.hstack([x, weekday(T, len(x))]), y, rcond=None)[0]
    told = np.hstack([x_test, weekday(VALIDATION_END, len(x_test))]) @ C
    error = mae(told, y_test)                  # (H,)
    return {
        "windows": windows, "ahead": ahead, "targets": targets,
        "shape": np.array(windows.shape), "days": int(extra.sum()),
        "errors": one_ahead(extra),
        "told": error, "told_mean": error.mean(),
    }


def main():
    """Print the first window of either kind, step by step."""
    v = values()
    for name in ("windows", "ahead"):
        print("#", name)
        for row in v[name][0].astype(int):
            print(*row)
        print("->", v["targets"][0])


if __name__ == "__main__":
    main()
