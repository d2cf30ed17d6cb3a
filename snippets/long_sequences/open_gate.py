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


def percents(distance, bias):
    """Return how many percent each of the trainings has right at the end."""
    known = questions(distance, 1000, seed=0)
    new = questions(distance, 1000, seed=1)
    model = build_model("LSTM", jit_compile=True, steps_per_execution=20)
    right = []
    for seed in range(1, SEEDS + 1):
        start(model, seed, bias)
        train(model, *known)
        right.append(percent_right(model, *new))
    return right


def measure():
    """Train from all seeds with both biases at both distances (an hour)."""
    return {"right": np.round([[percents(distance, bias) for bias in BIASES]
                               for distance in STEPS], 1)}


def values():
    """Return the values that the page quotes, by name."""
    right = measured("long_sequences.open_gate")["right"]  # (2, 2, seeds)
    solved = (right >= 95).sum(axis=-1)                    # (2, 2)
    return {
        "solved": solved,
        "share": 100 * np.array([[wilson(k, SEEDS) for k in row]
                                 for row in solved]),
        "more": 100 * np.array([newcombe(b, SEEDS, a, SEEDS)
                                for a, b in solved]),
        "chance": np.array([chance(a, b, SEEDS) for a, b in solved]),
    }


def claims(v):
    """Return what the page says of these trainings, and whether it is true."""
    return {
        "no_chance": ("chance alone would make it less than once in a million",
                      (v["chance"] < 1e-4).all()),           # in percent
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
