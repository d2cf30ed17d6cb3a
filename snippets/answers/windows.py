"""Answers: windows of a series, each with the value that follows it.

Run `python -m snippets.answers.windows` for the outputs of the page.
"""

# --8<-- [start:program]
import keras
import numpy as np

series = np.array([4, 6, 5, 7, 9, 8])
T = 2                                             # steps in a window


def pairs(targets):
    """Return the windows (N, T) and the target of each, (N,)."""
    data = keras.utils.timeseries_dataset_from_array(series, targets, T)
    (x, y), = data                                # all in one batch
    return np.array(x), np.array(y)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "wrong_x": pairs(series)[0], "wrong_y": pairs(series)[1],
        "right_x": pairs(series[T:])[0], "right_y": pairs(series[T:])[1],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    both_cut = keras.utils.timeseries_dataset_from_array(
        series[:-T], series[T:], T)
    given = sum(len(targets) for _, targets in both_cut)
    return {"lost": ("loses windows", given < len(v["right_y"]))}


def main():
    """Print the outputs that the page shows."""
    v = values()
    for name in ("wrong", "right"):
        print("#", name)
        for window, target in zip(v[f"{name}_x"], v[f"{name}_y"]):
            print(*window, "->", target)


if __name__ == "__main__":
    main()
