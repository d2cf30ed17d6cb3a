"""Attention: fifteen trainings, and how long a string each can write again.

Run `python -m snippets.recording.measure attention.trainings` to train anew,
`python -m snippets.attention.trainings` for the table of the page.
"""

import numpy as np

from snippets.attention.by_hand import right
from snippets.attention.model import LONGEST, build_model, draw, train
from snippets.recording import drawing
from snippets.recording.measured import measured

MODELS = {"attention": (8, True), "fixed": (9, False), "large": (16, False)}
LABELS = ["attention, 8 units", "fixed, 9 units", "fixed, 16 units"]
NAMES = "W", "U", "b", "W_d", "U_d", "b_d", "W_q", "W_y", "b_y"
SEEDS, LENGTHS, TESTED = 5, range(5, 21), 100
T_95 = 2.776                                 # Student's t, four degrees


def measure():
    """Return the shares of each model, (seeds, lengths), and weights."""
    tests = [draw([T] * TESTED, seed=100 + T) for T in LENGTHS]
    found = {}
    for name, (u, attention) in MODELS.items():
        shares = []
        for seed in range(1, SEEDS + 1):
            weights = train(u, attention, seed).get_weights()
            weights = [array.astype(float) for array in weights]
            shares.append([right(strings, weights) for strings in tests])
            if name == "attention" and seed == 1:
                found |= {key: np.round(array, 2)
                          for key, array in zip(NAMES, weights)}
        found[name] = np.round(shares, 2)
    return found


def interval(numbers):
    """Return the 95 % interval of their mean, Student's, for five numbers."""
    half = T_95 * np.std(numbers, ddof=1) / np.sqrt(SEEDS)
    return np.mean(numbers) + np.array([-half, half])


def values():
    """Return the values that the page quotes, by name."""
    record = measured("attention.trainings")
    found: dict = {"trainings": SEEDS * len(MODELS)}
    for name, (u, attention) in MODELS.items():
        share = 100 * record[name]                       # (5, 16)
        found |= {
            f"{name}_units": u,
            f"{name}_parameters": build_model(u, attention).count_params(),
            name: share.mean(axis=0),                    # (16,)
            f"{name}_low": share.min(axis=0),
            f"{name}_high": share.max(axis=0),
        }
    found |= {"times": found["large_parameters"]
              / found["attention_parameters"]}
    for T in (12, LONGEST, 20):
        k = LENGTHS.index(T)
        for other in ("fixed", "large"):
            gain = record["attention"][:, k] - record[other][:, k]
            found[f"gain_{other}_{T}"] = 100 * interval(gain)
    return found


def figures(v):
    """Return the shares over the length, each inside its five seeds."""
    return {"lengths": drawing.bands(
        {label: (v[f"{name}_low"], v[name], v[f"{name}_high"])
         for name, label in zip(MODELS, LABELS)},
        "symbols of the string", "strings written again, in percent",
        "Strings that come out whole, by length",
        "Three falling curves, each in a band from the worst to the best of "
        "five trainings. The fixed vector of 9 units falls first, that of 16 "
        "units later, the model with attention last.",
        top=100, start=LENGTHS[0], below="left")}


def main():
    """Print the table that the page shows, below its name."""
    v = values()
    print("# percent")
    print("symbols   attention, 8     fixed, 9    fixed, 16")
    for k, T in list(enumerate(LENGTHS))[::3]:
        row = ""
        for name in MODELS:
            low, high = v[f"{name}_low"][k], v[f"{name}_high"][k]
            row += f"   {low:z3.0f} to {high:z3.0f}"
        print(f"{T:7}{row}")


if __name__ == "__main__":
    main()
