"""Windows of a series: three years of daily numbers, made by a seed.

Run `python -m snippets.windows_of_a_series.series` for the page's output.
"""

import numpy as np

from snippets.recording import drawing

# --8<-- [start:series]
DAYS, SEED = 1096, 0
WEEK = np.array([0, 2, 3, 4, 8, 12, -6])       # what each weekday adds


def make_series():
    """Return DAYS numbers: a trend, a week, and noise that lingers."""
    rng = np.random.default_rng(SEED)
    t = np.arange(DAYS)
    shocks = rng.normal(0, 2, DAYS)
    noise = np.zeros(DAYS)
    noise[0] = shocks[0]
    for day in range(1, DAYS):
        noise[day] = 0.8 * noise[day - 1] + shocks[day]
    return 60 + 24 * t / DAYS + WEEK[t % 7] + noise   # (DAYS,)
# --8<-- [end:series]


# --8<-- [start:split]
TRAIN_END, VALIDATION_END = 730, 912           # days: two years, half, half
T, H = 14, 10                                  # steps in, steps ahead


def cut(s, begin, end):
    """Return windows x (N, T) and targets y (N, H), all targets in
    begin ... end - 1. The windows may begin before `begin`: that is past."""
    first = np.arange(max(begin - T, 0), end - T - H + 1)  # where they begin
    x = s[first[:, None] + np.arange(T)]                   # (N, T)
    y = s[first[:, None] + T + np.arange(H)]               # (N, H)
    return x, y


def parts(s):
    """Return the windows to train on, to choose by, and to test on."""
    return (cut(s, 0, TRAIN_END), cut(s, TRAIN_END, VALIDATION_END),
            cut(s, VALIDATION_END, len(s)))
# --8<-- [end:split]


def values():
    """Return the values that the page quotes, by name."""
    s = make_series()
    counts = [len(x) for x, _ in parts(s)]
    return {
        "counts": np.array(counts),
        "all": len(s) - T - H + 1, "span": T + H,
        "straddle": len(s) - T - H + 1 - len(cut(s, 0, TRAIN_END)[0])
        - len(cut(s[TRAIN_END:], 0, DAYS - TRAIN_END)[0]),
        "test_days": DAYS - VALIDATION_END,
        "mean_train": s[:TRAIN_END].mean(), "mean_all": s.mean(),
        "mean_test": s[VALIDATION_END:].mean(),
        "weeks": s[DAYS - 56:],
    }


def main():
    """Print how many windows each part has."""
    v = values()
    print("# counts")
    for name, count in zip(("training", "validation", "test"), v["counts"]):
        print(f"{name:10} {count:4} windows of {v['span']} days")


def figures(v):
    """Return the last eight weeks of the series."""
    return {"weeks": drawing.curve(
        {"the series": v["weeks"]}, "day, the last of 56 is the last of all",
        "", "The last eight weeks of the series",
        "A line over 56 days with a high peak on the sixth day of each week "
        "and a deep fall on the seventh.", low=60, top=110)}


if __name__ == "__main__":
    main()
