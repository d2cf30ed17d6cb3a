"""What the state remembers: the states of a GRU that predicts Reber strings.

Run `python -m snippets.what_the_state_remembers.reader` for its states.
"""

import keras
import numpy as np

from snippets.layers.gru import gru
from snippets.reber.strings import SYMBOLS, legal, one_hot, reber, walk
from snippets.recording.measured import measured


# --8<-- [start:pairs]
def pairs(strings):
    """Return x (N, T, 7), the symbols to predict y (N, T), and weights (N, T).

    Shorter strings are filled up with steps whose weight is 0, so that they
    count nothing in the loss.
    """
    T = max(len(string) for string in strings) - 1
    x = np.zeros((len(strings), T, 7))               # (N, T, m)
    y = np.zeros((len(strings), T), int)             # (N, T)
    weights = np.zeros((len(strings), T))            # (N, T)
    for n, string in enumerate(strings):
        steps = len(string) - 1
        x[n, :steps] = one_hot(string[:-1])          # (steps, 7)
        y[n, :steps] = [SYMBOLS.index(s) for s in string[1:]]
        weights[n, :steps] = 1
    return x, y, weights
# --8<-- [end:pairs]


# --8<-- [start:train]
def eight_units():
    """Return the recurrent layer of the first model, in a list."""
    return [keras.layers.GRU(8, return_sequences=True)]


def train_reader(layers, strings, epochs, seed):
    """Train layers and a dense one to predict next symbols; return weights."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((None, 7)), *layers(),
                              keras.layers.Dense(7)])
    model.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        optimizer=keras.optimizers.Adam(learning_rate=0.01))
    x, y, weights = pairs(strings)
    model.fit(x, y, sample_weight=weights, epochs=epochs, verbose=0)
    return [w.astype(float) for w in model.get_weights()]


def draw(N, seed):
    """Return N random Reber strings."""
    rng = np.random.default_rng(seed)
    return [reber(rng) for _ in range(N)]
# --8<-- [end:train]


def trained_weights():
    """Return W, U, b, W_y, b_y of the GRU trained with seed 1, rounded."""
    record = measured("what_the_state_remembers.reader")
    return [record[name] for name in ("W", "U", "b", "W_y", "b_y")]


# --8<-- [start:states]
def read(string, weights):
    """Return the GRU's states (T, u) over a string, and the scores (T, 7)."""
    W, U, b, W_y, b_y = weights
    h = gru(one_hot(string)[None], W, U, b)[3, 0]    # (T, u)
    return h, h @ W_y + b_y                          # (T, 7): one per symbol


def build_reader():
    """Return the untrained model: (N, T, 7) to scores (N, T, 7)."""
    return keras.Sequential([keras.Input((None, 7)), *eight_units(),
                             keras.layers.Dense(7)])
# --8<-- [end:states]


TRAINING, NEW = 1000, 200                            # strings


def measure():
    """Train the GRU with seed 1 and return its weights, rounded."""
    weights = train_reader(eight_units, draw(TRAINING, 0), epochs=8, seed=1)
    return dict(zip(("W", "U", "b", "W_y", "b_y"),
                    [np.round(w, 2) for w in weights]))


def values():
    """Return the values that the page quotes, by name."""
    weights = trained_weights()
    model = build_reader()
    model.set_weights(weights)
    h, scores = read("BTXXVVE", weights)
    by_keras = np.array(model(one_hot("BTXXVVE")[None]))[0]
    new = draw(NEW, 2)
    best = [read(s, weights)[1][:-1].argmax(axis=1) for s in new]
    right = [legal(s)[np.arange(len(b)), b].all() for s, b in zip(new, best)]
    return {
        "strings": TRAINING, "symbols": len(SYMBOLS), "units": h.shape[1],
        "parameters": model.count_params(),
        "h": h.T,                                    # (u, T): a row per unit
        "same_as_keras": np.allclose(scores, by_keras, rtol=0, atol=1e-5),
        "new": len(new),
        "legal": 100 * np.mean(right),
        "scores": scores[1:3],                       # after BT and BTX
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    S, X = SYMBOLS.index("S"), SYMBOLS.index("X")
    return {"same_two": (
        "S and X have the highest scores in both rows",
        all(set(row.argsort()[-2:]) == {S, X} for row in v["scores"]))}


def figures(values):
    """Return the figures of data: {name: svg}."""
    from snippets.recording import drawing  # a download needs none
    rows = {f"{j}": (f"what_the_state_remembers.reader.h[{j}]", h)
            for j, h in enumerate(values["h"])}
    nodes = walk("BTXXVVE")[1:]
    labels = [f"{s}→{node}" for s, node in zip("BTXXVVE", nodes)]
    return {"units": drawing.heat_map(
        rows, labels, "The eight units of the GRU over the string BTXXVVE",
        "Eight rows, one per unit, and seven columns, one per symbol "
        "with the node it leads to. Positive and negative numbers alternate "
        "in every row in a way of its own.")}


def main():
    """Print the output that the page shows."""
    v = values()
    for j, h in enumerate(v["h"]):
        print(f"unit {j}", *(f"{number:z.2f}" for number in h))
    print("the same as Keras:", v["same_as_keras"])


if __name__ == "__main__":
    main()
