"""Long sequences: does a forget gate that starts open help? Thirty seeds.

Run `python -m snippets.long_sequences.open_gate` for the page's output. To
train, run `python -m snippets.recording.measure long_sequences.open_gate`.
"""

import numpy as np

from snippets.long_sequences.forgetting import (
    chance, percent_right, start, train,
)
from snippets.long_sequences.questions import build_model, questions
from snippets.lstm.seeds import newcombe, wilson
from snippets.recording.measured import measured

STEPS = [41, 81]                               # from symbol to answer
BIASES = [1.0, 5.0]                            # of the forget gate
SEEDS = 30


def percents(distance, bias, strings=0):
    """Return how many percent each of the trainings has right at the end.

    strings is the seed of those to learn from; the next one is for new ones.
    """
    known = questions(distance, 1000, seed=strings)
    new = questions(distance, 1000, seed=strings + 1)
    model = build_model("LSTM", jit_compile=True, steps_per_execution=20)
    right = []
    for seed in range(1, SEEDS + 1):
        start(model, seed, bias)
        train(model, *known)
        right.append(percent_right(model, *new))
    return right


def measure():
    """Train from all seeds with both biases at both distances (an hour)."""
    right = [[percents(distance, bias) for bias in BIASES]
             for distance in STEPS]
    other = percents(STEPS[0], BIASES[0], strings=10)
    return {"right": np.round(right, 1), "other": np.round(other, 1)}


def values():
    """Return the values that the page quotes, by name."""
    record = measured("long_sequences.open_gate")
    right = record["right"]                                # (2, 2, seeds)
    solved = (right >= 95).sum(axis=-1)                    # (2, 2)
    return {
        "solved": solved,
        "solved_other": (record["other"] >= 95).sum(),
        "share": 100 * np.array([[wilson(k, SEEDS) for k in row]
                                 for row in solved]),
        "nearer": 100 * newcombe(solved[1, 0], SEEDS, solved[0, 0], SEEDS),
        "more": 100 * np.array([newcombe(b, SEEDS, a, SEEDS)
                                for a, b in solved]),
        "chance": np.array([chance(a, b, SEEDS) for a, b in solved]),
    }


def claims(v):
    """Return what the page says of these trainings, and whether it is true."""
    return {
        "no_chance": ("chance alone would make it less than once in a million",
                      v["chance"][0] < 1e-4),                # in percent
        "perhaps_chance": ("the interval reaches below zero",
                           v["more"][1, 0] < 0),
        "still_fewer": ("still fewer than at 81",
                        v["solved_other"] < v["solved"][1, 0]),
        "nearer_is_harder": ("more of them succeed at 81 than at 41",
                             v["nearer"][0] > 0),
    }


def main():
    """Print how many trainings succeeded, and the interval of the rest."""
    v = values()
    print("# open_gate")
    print("distance   bias 1   bias 5   of   more, in points (95 %)")
    for distance, (a, b), (low, high) in zip(STEPS, v["solved"], v["more"]):
        print(f"{distance:8}{a:9}{b:9}{SEEDS:5}   {low:.0f} to {high:.0f}")


if __name__ == "__main__":
    main()
