"""Windows of a series: what Keras gives for the settings of the lab.

The lab computes in the reader's browser. Here Keras itself is asked, for the
first setting and for 120 random ones. That takes a while, so it is recorded:
`python -m snippets.recording.measure windows_of_a_series.lab`.
"""

import keras
import numpy as np

from snippets.recording.measured import measured

SERIES = np.array([4, 6, 5, 7, 8, 6, 9, 8, 7, 9, 5, 8, 6, 7, 4, 5])
LIMITS = {"n": (4, 16), "length": (1, 8), "rate": (1, 4), "stride": (1, 4),
          "ahead": (1, 4)}
KINDS = "right", "length", "itself", "cut"
CASES = 120


s = SERIES[:8]

# --8<-- [start:line]
dataset = keras.utils.timeseries_dataset_from_array(
    s, s[3:], sequence_length=3,
    sampling_rate=1, sequence_stride=1)
# --8<-- [end:line]


def ask(n, length, rate, stride, ahead, kind):
    """Return places of values: windows and targets, (count, length + 1).

    The series is 0, 1, 2, ..., so each value is its place. -1 stands for
    an error of Keras.
    """
    s = np.arange(n)
    shift = {"right": (length - 1) * rate + ahead, "itself": 0}.get(
        kind, length)
    data = s[:-length] if kind == "cut" else s
    try:
        batches = keras.utils.timeseries_dataset_from_array(
            data, s[shift:], sequence_length=length, sampling_rate=rate,
            sequence_stride=stride)
    except ValueError:
        return np.full((1, length + 1), -1)
    rows = [np.column_stack([x, y]) for x, y in batches]
    return np.concatenate([np.empty((0, length + 1), int), *rows])


def measure():
    """Return random settings, and what Keras gives for each.

    Windows and targets of all cases stand one behind the other.
    """
    rng = np.random.default_rng(3)
    cases = [[int(rng.integers(low, high + 1))
              for low, high in LIMITS.values()] + [k % len(KINDS)]
             for k in range(CASES)]
    for case in cases[::2]:
        case[0] = LIMITS["n"][1]               # half of them have room
    found = [ask(n, length, rate, stride, ahead, KINDS[kind])
             for n, length, rate, stride, ahead, kind in cases]
    return {
        "cases": np.array(cases), "counts": np.array([*map(len, found)]),
        "places": np.concatenate([rows.ravel() for rows in found]),
    }


def values():
    """Return the values that the page quotes, and those of random settings."""
    found = measured("windows_of_a_series.lab")
    rows = np.split(found["places"], np.cumsum(
        found["counts"] * (found["cases"][:, 1] + 1))[:-1])
    return {
        "count": len(ask(8, 3, 1, 1, 1, "right")),
        "settings": len(found["cases"]),
        "refused": sum(-1 in row for row in rows),
        "empty": int(np.sum(found["counts"] == 0)),
    }


def main():
    """Print how many windows the first setting gives."""
    print(values()["count"])


if __name__ == "__main__":
    main()
