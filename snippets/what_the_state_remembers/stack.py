"""What the state remembers: two LSTM layers that read the embedded grammar.

`python -m snippets.what_the_state_remembers.stack` compares it with Keras.
"""

import keras
import numpy as np

from snippets.layers.lstm import lstm_step
from snippets.reber.strings import GRAMMAR, embedded, one_hot
from snippets.recording.measured import measured
from snippets.what_the_state_remembers.reader import train_reader


# --8<-- [start:train]
def two_layers():
    """Return two LSTM layers of 8 units, in a list."""
    return [keras.layers.LSTM(8, return_sequences=True) for layer in (1, 2)]


def train_stack(seed):
    """Train on 2000 embedded strings of 18 symbols or less; return weights."""
    rng = np.random.default_rng(seed)
    strings = []
    while len(strings) < 2000:
        string = embedded(rng)
        if len(string) <= 18:
            strings.append(string)
    return train_reader(two_layers, strings, epochs=12, seed=seed)
# --8<-- [end:train]


# --8<-- [start:run]
def run(x, weights, replace=None):
    """Return cells and states (T, 2, 2, N, u) for x (N, T, 7), and scores.

    The second axis counts the layers, the third has the cell and the state;
    the scores are (N, T, 7). replace(t, layer, cell, state), if given, may
    put other numbers into the cell and the state, (N, u), after each step.
    """
    u = len(weights[1])
    c, h = np.zeros((2, 2, len(x), u))               # of both layers (2, N, u)
    steps, scores = [], []
    for t in range(x.shape[1]):
        below = x[:, t]                              # (N, 7)
        for layer in (0, 1):
            W, U, b = weights[3 * layer:3 * layer + 3]
            c[layer], h[layer] = lstm_step(
                below, h[layer], c[layer], W, U, b)[4:]  # (N, u) each
            if replace:
                replace(t, layer, c[layer], h[layer])
            below = h[layer]                         # (N, u): for layer 2
        steps.append(np.stack([c, h], axis=1))       # (2, 2, N, u)
        scores.append(h[1] @ weights[6] + weights[7])  # (N, 7)
    return np.array(steps), np.stack(scores, axis=1)
# --8<-- [end:run]


LENGTH = 14                                          # of inner strings


# --8<-- [start:twins]
def inner_strings(length):
    """Return all Reber strings of a length."""
    found = [("", 0)]                                # a beginning, its node
    for _ in range(length):
        found = [(string + symbol, after) for string, node in found
                 for symbol, after in GRAMMAR[node].items()]
    return sorted(string for string, node in found if node == 7)


def twins(inner):
    """Return x (N, T, 7) up to the inner strings' ends, and the labels (N,).

    Each inner string comes twice: after B T, with the label 1, and after
    B P, with the label -1.
    """
    x = [one_hot(f"B{kept}{string}") for string in inner for kept in "TP"]
    return np.array(x), np.tile([1, -1], len(inner))
# --8<-- [end:twins]


def stack_weights():
    """Return the eight weight arrays of the stack of seed 1, rounded."""
    record = measured("what_the_state_remembers.stack")
    return [record[f"weights_{k}"] for k in range(8)]


def build_stack():
    """Return the untrained model: (N, T, 7) to scores (N, T, 7)."""
    return keras.Sequential([keras.Input((None, 7)), *two_layers(),
                             keras.layers.Dense(7)])


def measure():
    """Train the stack with seed 1 and return its weights, rounded."""
    weights = train_stack(1)
    return {f"weights_{k}": np.round(w, 2) for k, w in enumerate(weights)}


def values():
    """Return the values that the page quotes, by name."""
    model = build_stack()
    model.set_weights(stack_weights())
    x, _ = twins(inner_strings(LENGTH))
    steps, scores = run(x, stack_weights())
    return {
        "parameters": model.count_params(),
        "inner": len(x) // 2, "length": LENGTH, "last": x.shape[1] - 1,
        "shape": np.array(x.shape),
        "same_as_keras": np.allclose(scores, np.array(model(x)), rtol=0,
                                     atol=1e-4),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("the same as Keras:", v["same_as_keras"])


if __name__ == "__main__":
    main()
