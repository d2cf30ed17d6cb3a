"""What the state remembers: an LSTM whose cell counts.

Run `python -m snippets.what_the_state_remembers.count` for its cells.
Source: F. A. Gers and J. Schmidhuber, LSTM recurrent networks learn simple
context-free and context-sensitive languages (2001).
"""

import keras
import numpy as np

from snippets.layers.lstm import lstm
from snippets.recording.measured import measured
from snippets.what_the_state_remembers.probe import interval

LEARNED, REPEATS = 10, 1000                  # n's in training, times each
FORGET, STEPS = 0.98, 20                     # of the exercise
NS = (1, 5, 10, 20, 30, 36, 37, 38, 40)


STRAIGHT = 0.99                              # the correlation of a counter


# --8<-- [start:string]
def a_then_b(n, T=None):
    """Return x (T, 2), what comes next y (T,), and weights (T,) for n a's.

    The string has n times a, then n times b. In y, 0 is a, 1 is b and 2 the
    end. Without T there are 2n steps; further ones have the weight 0.
    """
    t = np.arange(T or 2 * n)
    x = np.stack([t < n, (n <= t) & (t < 2 * n)], axis=1)  # (T, 2)
    y = (t >= n - 1).astype(int) + (t >= 2 * n - 1)        # (T,)
    return x.astype(float), y, (t < 2 * n).astype(float)
# --8<-- [end:string]


# --8<-- [start:train]
def train_counter(seed):
    """Train an LSTM of two units on n = 1 to 10; return its weights."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((None, 2)),
                              keras.layers.LSTM(2, return_sequences=True),
                              keras.layers.Dense(3)])
    model.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        optimizer=keras.optimizers.Adam(learning_rate=0.02))
    strings = [a_then_b(n, T=20) for n in range(1, 11)]
    x, y, weights = (np.tile(np.stack(part), (1000,) + (1,) * part[0].ndim)
                     for part in zip(*strings))      # 1000 times the ten
    model.fit(x, y, sample_weight=weights, batch_size=10, shuffle=False,
              verbose=0)
    return [w.astype(float) for w in model.get_weights()]
# --8<-- [end:train]


# --8<-- [start:judge]
def cells_and_answers(n, weights):
    """Return the cells (2n, 2) over n a's and n b's, and the answers (2n,)."""
    W, U, b, W_y, b_y = weights
    _, _, _, _, c, h = lstm(a_then_b(n)[0][None], W, U, b)[:, 0]  # (2n, 2)
    return c, np.argmax(h @ W_y + b_y, axis=1)


def right(n, weights):
    """Say whether all answers from the first b on are right.

    Before it nobody can know whether an a or a b comes next.
    """
    y, answers = a_then_b(n)[1], cells_and_answers(n, weights)[1]
    return bool(np.all(answers[n:] == y[n:]))


def reach(weights, limit=200):
    """Return the largest n up to which every string is right."""
    n = 1
    while n <= limit and right(n, weights):
        n += 1
    return n - 1
# --8<-- [end:judge]


def counter_weights():
    """Return W, U, b, W_y, b_y of the LSTM trained with seed 1, rounded."""
    record = measured("what_the_state_remembers.count")
    return [record[name] for name in ("W", "U", "b", "W_y", "b_y")]


# --8<-- [start:correlation]
def correlation(p, q):
    """Return how well a line joins p and q (P,): 1 or -1 exactly, 0 not."""
    p, q = p - p.mean(), q - q.mean()                # (P,)
    return np.sum(p * q) / np.sqrt(np.sum(p**2) * np.sum(q**2))


def depths(n):
    """Return the number of a's minus b's so far, at each of 2n steps."""
    return np.cumsum(a_then_b(n)[0] @ [1, -1]).astype(int)  # (2n,)
# --8<-- [end:correlation]


def both_correlations(weights):
    """Return each cell's correlation with a's minus b's, n = 1 to 10."""
    cells = [cells_and_answers(n, weights)[0] for n in range(1, 11)]
    depth = np.concatenate([depths(n) for n in range(1, 11)])
    return [correlation(c, depth) for c in np.concatenate(cells).T]


def measure():
    """Train eight counters; keep what they reach, and one's weights."""
    record = {"reach": [], "correlation": []}
    for seed in range(1, 9):
        weights = [np.round(w, 2) for w in train_counter(seed)]
        record["reach"].append(reach(weights))
        record["correlation"].append(np.round(both_correlations(weights), 3))
        if seed == 1:
            record |= dict(zip(("W", "U", "b", "W_y", "b_y"), weights))
    return record


def values():
    """Return the values that the page quotes, by name."""
    weights = counter_weights()
    record = measured("what_the_state_remembers.count")
    c, _ = cells_and_answers(LEARNED, weights)
    correlations = np.abs(record["correlation"]).max(axis=1)
    straight = np.sum(correlations > STRAIGHT)
    seeds = len(correlations)
    ns = np.array(NS)
    ends = [cells_and_answers(n, weights)[0][[n - 1, 2 * n - 2, 2 * n - 1], 0]
            for n in NS]
    return {
        "cells": c.T,
        "depth": depths(LEARNED),
        "learned": LEARNED, "repeats": REPEATS, "seeds": seeds,
        "straight": straight, "not_straight": seeds - straight,
        "straight_interval": interval(straight, seeds),
        "too_far": reach(weights) + 1,
        "correlation": np.array(both_correlations(weights)),
        "reach": reach(weights),
        "ns": ns,
        "ends": np.array(ends),
        "gates": lstm(a_then_b(10)[0][None], *weights[:3])[:3, 0, 4, 0],
        "forget": FORGET, "lost": 1 - FORGET, "steps": STEPS,
        "leaky": np.array([1 - FORGET**STEPS, 1]) / (1 - FORGET),
        "up": ends[6][0] / 37,
        "down": (ends[6][0] - ends[6][1]) / 36,
        "reaches": record["reach"],
        "correlations": correlations,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "far": ("almost four times as far as it was trained",
                3.5 < v["reach"] / v["learned"] < 4),
        "solved": ("All eight solve the task they were trained on",
                   v["reaches"].min() >= v["learned"] and v["seeds"] == 8),
        "no_promise": ("no further than with seed 2", v["reaches"][3]
                       <= v["reaches"][1] and v["correlations"][3] > STRAIGHT
                       > v["correlations"][1]),
    }


def figures(values):
    """Return the figures of data: {name: svg}."""
    from snippets.recording import drawing  # a download needs none
    return {"cells": drawing.curve(
        {f"cell of unit {j}": values["cells"][j] for j in (0, 1)},
        "step: ten a's, then ten b's", "cell",
        "Two cells that read ten a's and ten b's",
        "Two curves over 20 steps. The cell of unit 0 rises in a straight line "
        "while it reads a's and falls in a straight line to below zero while "
        "it reads b's. The other stays near zero, then falls.", top=10, low=-10)}


def main():
    """Print the output that the page shows."""
    v = values()
    for j in (0, 1):
        print(f"cell {j}", *(f"{c:z.1f}" for c in v["cells"][j]))
    print("right up to n =", v["reach"])


if __name__ == "__main__":
    main()
