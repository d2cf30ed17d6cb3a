"""ConvLSTM: where a moving dot will be, beside an LSTM on flattened pixels.

Run `python -m snippets.convlstm.moving` for the table of the page.
What the trainings gave is recorded; train anew with
`python -m snippets.recording.measure convlstm.moving`.
"""

import numpy as np

from snippets.convlstm.films import (
    EPOCHS, MODELS, make_films, parts, right, train,
)
from snippets.lstm.seeds import wilson
from snippets.recording.measured import measured

SEEDS = range(1, 6)


def measure():
    """Return the percent right in what was trained on and in what is new."""
    found = {}
    for part, (known, new) in parts(make_films()).items():
        for name, (make, u) in MODELS.items():
            models = [train(make, u, known, seed) for seed in SEEDS]
            found[f"{name}_{part}"] = [
                [round(right(model, films), 1) for films in (known, new)]
                for model in models]
    return found


def values():
    """Return the values that the page quotes, by name."""
    v = {"seeds": len(SEEDS), "epochs": EPOCHS}
    for name, (_, u) in MODELS.items():
        v[f"{name}_u"] = u
        for part in ("half", "left"):
            known, new = measured("convlstm.moving")[f"{name}_{part}"].T
            v |= {f"{name}_{part}": new,                       # (seeds,)
                  f"{name}_{part}_known": known,
                  f"{name}_{part}_range": np.array([new.min(), new.max()]),
                  f"{name}_{part}_known_range": np.array([known.min(),
                                                          known.max()])}
    for part in ("half", "left"):
        flat = np.maximum(v[f"flat_8_{part}"], v[f"flat_32_{part}"])
        ahead = v[f"conv_8_{part}"] - flat                     # (seeds,)
        v |= {f"{part}_ahead": np.sum(ahead > 0),
              f"{part}_ahead_least": ahead.min(),
              f"{part}_share": 100 * wilson(np.sum(ahead > 0), len(SEEDS))}
    return v


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    new = np.array([v["flat_32_half"], v["flat_32_left"]])
    by_heart = np.array([v["flat_32_half_known"], v["flat_32_left_known"]])
    return {
        "always": ("in each of these trainings",
                   v["half_ahead"] == v["left_ahead"] == len(SEEDS)),
        "by_heart": ("knows its own films by heart, and no others",
                     bool(by_heart.min() > 95 and new.max() < 5)),
    }


def main():
    """Print the table of the page."""
    v = values()
    print("model    new: other half  new: right side")
    for name in MODELS:
        half, left = v[f"{name}_half_range"], v[f"{name}_left_range"]
        print(f"{name:8} {half[0]:z5.1f} to {half[1]:z5.1f}"
              f"   {left[0]:z5.1f} to {left[1]:z5.1f}")


if __name__ == "__main__":
    main()
