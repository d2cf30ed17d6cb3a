"""Windows of a series: every way to pair windows with targets, by numbers.

Run `python -m snippets.windows_of_a_series.pairings` for the page's outputs.
"""

import keras
import numpy as np

from snippets.windows_of_a_series.miniature import pairs

# --8<-- [start:next]
s = np.arange(10, 18)                          # 10, 11, ... so places show


def targets(s, length, rate=1, ahead=1):
    """Return the targets for timeseries_dataset_from_array: for each window
    the value `ahead` steps after its last one."""
    return s[(length - 1) * rate + ahead:]


def count(n, length, rate=1, stride=1, ahead=1):
    """Return how many windows with a target a series of n values gives."""
    return max(0, -(-(n - (length - 1) * rate - ahead) // stride))
# --8<-- [end:next]


# What is written in the call: the targets, and all else.
CALLS: dict[str, tuple[str, dict]] = {
    "plain": ("s[3:]", {}),
    "itself": ("s", {}),
    "both_cut": ("s[3:]", {"data": "s[:-3]"}),
    "two_ahead": ("s[4:]", {}),
    "rate_wrong": ("s[3:]", {"sampling_rate": 2}),
    "rate_right": ("s[5:]", {"sampling_rate": 2}),
    "stride": ("s[3:]", {"sequence_stride": 2}),
    "end": ("s[3:]", {"end_index": 6}),
    "start": ("s[3:]", {"start_index": 2}),
}
SLICES = {"s": s, "s[:-3]": s[:-3], "s[3:]": s[3:], "s[4:]": s[4:],
          "s[5:]": s[5:]}


def ask(targets, data="s", **more):
    """Return all pairs of Keras, (count, 4): three values and the target.

    An empty array if it fails while it gives them.
    """
    found = []
    try:
        for x, y in keras.utils.timeseries_dataset_from_array(
                SLICES[data], SLICES[targets], 3, **more):
            found += np.column_stack([x, y]).tolist()
    except Exception as error:                 # TensorFlow's own, by name
        if type(error).__name__ != "InvalidArgumentError":
            raise
        return np.empty((0, 4), int)
    return np.array(found)


# --8<-- [start:many]
def many_ahead(s, T, H):
    """Return windows (N, T) and the H values that follow each, (N, H)."""
    both = np.lib.stride_tricks.sliding_window_view(s, T + H)  # (N, T + H)
    return both[:, :T], both[:, T:]
# --8<-- [end:many]


def values():
    """Return the values that the page quotes, by name."""
    found = {name: ask(targets, **more)
             for name, (targets, more) in CALLS.items()}
    x, y = many_ahead(s, 3, 2)
    by_keras = pairs(s, y, 3)
    last = {f"{name}_last": rows[-1] for name, rows in found.items()
            if len(rows)}
    counts = {f"{name}_count": len(rows) for name, rows in found.items()}
    rest = {name: rows for name, rows in found.items() if len(rows)}
    return rest | last | counts | {
        "formula": np.array([count(8, 3), count(8, 3, rate=2),
                             count(8, 3, stride=2), count(8, 3, ahead=2)]),
        "many_y": y, "n": len(s), "many": np.array_equal(by_keras[0], x)
        and np.array_equal(by_keras[1], y),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "formula": ("the formula counts what Keras gives", np.array_equal(
            v["formula"], [v["plain_count"], v["rate_right_count"],
                           v["stride_count"], v["two_ahead_count"]])),
        "many": ("Keras pairs them as well", v["many"]),
        "beyond": ("its last target lies behind the end",
                   v["end_last"][-1] == s[6]),
        "fails": ("it stops with an error", v["start_count"] == 0),
        "lost": ("windows are lost", v["both_cut_count"] < v["plain_count"]),
    }


def main():
    """Print what Keras pairs in each call: first and last pair, and count."""
    v = values()
    print("# table")
    print("targets  more               first pair      last pair      pairs")
    for name, (targets, more) in CALLS.items():
        said = " ".join(f"{key}={value}" for key, value in more.items())
        line = f"{targets:8} {said:18}"
        if v[f"{name}_count"]:
            for row in (v[name][0], v[f"{name}_last"]):
                line += " {} {} {} -> {} ".format(*row)
            print(f"{line} {v[f'{name}_count']:4}")
        else:
            print(line, "InvalidArgumentError")


if __name__ == "__main__":
    main()
