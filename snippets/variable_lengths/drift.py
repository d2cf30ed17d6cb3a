"""What padding without a mask does to the state, step by step.

Run `python -m snippets.variable_lengths.drift` for the numbers of the page.
"""

import numpy as np

from snippets.layers.gru import gru
from snippets.layers.lstm import lstm
from snippets.layers.simple_rnn import simple_rnn
from snippets.reber.strings import one_hot
from snippets.recording import drawing
from snippets.variable_lengths.padding import LAYERS, make_layer


# --8<-- [start:distances]
def by_hand(name, x, W, U, b):
    """Return all states (N, T, u) of a layer that reads x (N, T, m)."""
    if name == "SimpleRNN":
        return simple_rnn(x, W, U, b)
    return lstm(x, W, U, b)[5] if name == "LSTM" else gru(x, W, U, b)[3]


def distances(name, steps=20):
    """Return how far apart two strings' states are, after 0 to 20 paddings."""
    two = [np.pad(one_hot(string), ((0, steps), (0, 0)))  # (5 + steps, 7)
           for string in ("BTXSE", "BPVVE")]
    weights = make_layer(name).get_weights()
    h = by_hand(name, np.stack(two), *weights)[:, 4:]     # (2, steps + 1, u)
    return np.linalg.norm(h[0] - h[1], axis=-1)           # (steps + 1,)
# --8<-- [end:distances]


def new_layer(name, steps=5):
    """Return the largest state that padding makes before a string begins.

    The kernels are drawn, but the biases are those of a new Keras layer.
    """
    W, U, _ = make_layer(name).get_weights()
    layer = LAYERS[name](4)
    layer.build((None, None, 7))
    b = layer.get_weights()[2]
    h = by_hand(name, np.zeros((1, steps, 7)), W, U, b)   # (1, steps, u)
    return np.abs(h).max()


def values():
    """Return the values that the page quotes, by name."""
    v = {"steps": np.arange(len(distances("GRU")))}
    for name in LAYERS:
        distance = distances(name)
        v[f"{name}_left"] = 100 * distance / distance[0]
        v[f"{name}_new"] = new_layer(name)
    return v


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"alike": ("the two strings look nearly alike", all(
        v[f"{name}_left"][-1] < 0.5 for name in LAYERS))}


def main():
    """Print the percentages of the page's table."""
    v = values()
    for name in LAYERS:
        print(name, *(f"{left:z.1f}" for left in v[f"{name}_left"]))


def figures(values):
    """Return what is left of the difference of two strings, as curves."""
    return {"forgotten": drawing.curve(
        {name: values[f"{name}_left"] for name in ("LSTM", "GRU", "SimpleRNN")},
        "padded steps after the string", "percent of the difference",
        "What unmasked padding leaves of a string",
        "The distance of the states of two strings, in percent of what it is "
        "after their last symbol, over twenty padded steps. All three layers "
        "fall towards zero, SimpleRNN fastest, LSTM slowest.",
        start=0)}


if __name__ == "__main__":
    main()
