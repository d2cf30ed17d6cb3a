"""Long sequences: a question about the start of a string, asked at its end.

Run `python -m snippets.long_sequences.questions` for the outputs of the page.
Source of the strings: snippets/reber/strings.py.
Shapes: N strings, T steps, m = 7 symbols, u units.
"""

import keras
import numpy as np

from snippets.reber.strings import SYMBOLS, embedded, one_hot

# --8<-- [start:sizes]
DISTANCES = (11, 21, 41, 81)                    # steps from symbol to answer
UNITS = {"SimpleRNN": 27, "LSTM": 12, "GRU": 14}
RATE = 0.003                                    # one learning rate for all
# --8<-- [end:sizes]


# --8<-- [start:questions]
def questions(distance, N, seed):
    """Return x (N, T, 7), strings without their last two symbols, and y.

    y (N, 1) is 1 if T comes next and 0 if P does: the symbol that stood at
    step 1. T = distance + 1.
    """
    rng = np.random.default_rng(seed)
    strings = [embedded(rng, distance - 1) for _ in range(N)]
    x = np.array([one_hot(s[:-2]) for s in strings])      # (N, T, 7)
    y = np.array([[s[-2] == "T"] for s in strings]) * 1.0  # (N, 1)
    return x, y
# --8<-- [end:questions]


# --8<-- [start:model]
def build_model(kind, **options):
    """Return a compiled model of such a layer: (N, T, 7) to (N, 1)."""
    layer = getattr(keras.layers, kind)(UNITS[kind])      # all defaults
    model = keras.Sequential([
        keras.Input((None, 7)),
        layer,                                            # last state only
        keras.layers.Dense(1, activation="sigmoid"),      # is it T?
    ])
    optimizer = keras.optimizers.Adam(learning_rate=RATE)
    model.compile(loss="binary_crossentropy", optimizer=optimizer,
                  metrics=["accuracy"], **options)
    return model
# --8<-- [end:model]


# --8<-- [start:control]
def guess_from_one_place(distance, N=500):
    """Return the share of right answers from the symbol at each step alone.

    For each step after step 1: learn from N strings which answer was the more
    frequent with the symbol there, and give that answer for N other strings.
    """
    (x, y), (x_new, y_new) = (questions(distance, N, seed) for seed in (0, 1))
    sign = np.einsum("ntm,no->tm", x, 2 * y - 1) > 0      # (T, 7): say T?
    answers = np.einsum("ntm,tm->nt", x_new, sign)        # (N, T)
    return np.mean(answers == y_new, axis=0)              # (T,)
# --8<-- [end:control]


def values():
    """Return the values that the page quotes, by name."""
    x, y = questions(11, 3, seed=0)
    right = guess_from_one_place(21)
    return {
        "distances": np.array(DISTANCES),
        "units": np.array(list(UNITS.values())),
        "parameters": np.array([build_model(kind).count_params()
                                for kind in UNITS]),
        "example": "".join(SYMBOLS[k] for k in x[0].argmax(-1)),
        "answer": "T" if y[0, 0] else "P",
        "at_step_1": 100 * right[1],
        "elsewhere": 100 * np.array([min(right[2:]), max(right[2:])]),
        "last": 100 * right[-1],
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# example")
    print(f"{v['example']}, and next comes {v['answer']}")
    print("# parameters")
    for kind, units, count in zip(UNITS, v["units"], v["parameters"]):
        print(f"{kind:10}{units:3} units{count:5} parameters")
    print("# control")
    print(f"from step 1:           {v['at_step_1']:.0f} % right")
    low, high = v["elsewhere"]
    print(f"from one other symbol: {low:.0f} to {high:.0f} % right")


if __name__ == "__main__":
    main()
