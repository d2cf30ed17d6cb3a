"""RNN in action: learn which symbol comes next in a Reber string.

Run `python -m snippets.rnn_in_action.model` for the outputs of the page.
Source: the Keras documentation of Embedding and of the cross-entropy losses.
Shapes: N strings of T symbols, m numbers per symbol, u units.
"""

from inspect import signature

import keras
import numpy as np

from snippets.reber.strings import SYMBOLS, reber


# --8<-- [start:strings]
def make_strings():
    """Return 256 strings for training and 500 for testing."""
    rng = np.random.default_rng(0)
    strings = [reber(rng) for _ in range(756)]
    return strings[:256], strings[256:]
# --8<-- [end:strings]


# --8<-- [start:pairs]
def numbers(string):
    """Return the numbers (T,) of the symbols, B = 0 to E = 6."""
    return np.array([SYMBOLS.index(symbol) for symbol in string])


def make_pairs(strings):
    """Return x and y (N, T - 1): the symbols read, and those to be predicted.

    T belongs to the longest string. Others are filled up at the end: x with
    0, which is never looked at, and y with -1, which says "no question here".
    """
    T = max(len(string) for string in strings)
    x = np.zeros((len(strings), T - 1), int)
    y = np.full((len(strings), T - 1), -1)
    for n, string in enumerate(strings):
        k = numbers(string)
        x[n, :len(k) - 1] = k[:-1]           # all but the last
        y[n, :len(k) - 1] = k[1:]            # all but the first
    return x, y
# --8<-- [end:pairs]


# --8<-- [start:model]
def next_symbol_model(layer=keras.layers.SimpleRNN, u=12, m=4):
    """Return an untrained model: numbers (N, T) to probabilities (N, T, 7)."""
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),               # any T
        keras.layers.Embedding(7, m, name="embedding"),    # (N, T, m)
        layer(u, return_sequences=True, name="recurrent"),  # (N, T, u)
        keras.layers.Dense(7, activation="softmax", name="output"),
    ], name="next_symbol")
# --8<-- [end:model]


# --8<-- [start:one_hot_model]
def one_hot_model(layer=keras.layers.SimpleRNN, u=12):
    """Return the same without an embedding: one-hot (N, T, 7) to (N, T, 7)."""
    return keras.Sequential([
        keras.Input((None, 7)),
        layer(u, return_sequences=True, name="recurrent"),
        keras.layers.Dense(7, activation="softmax", name="output"),
    ], name="next_symbol_one_hot")
# --8<-- [end:one_hot_model]


# --8<-- [start:train]
def train_next_symbol(model, x, y, epochs=12):
    """Train the model and return its loss during each epoch."""
    loss = keras.losses.SparseCategoricalCrossentropy(ignore_class=-1)
    optimizer = keras.optimizers.Adam(learning_rate=0.03)
    model.compile(loss=loss, optimizer=optimizer)
    history = model.fit(x, y, epochs=epochs, batch_size=32, verbose=0)
    return history.history["loss"]
# --8<-- [end:train]


def values():
    """Return the values that the page quotes, by name."""
    training, test = make_strings()
    x, y = make_pairs(training)
    x_two, y_two = make_pairs(["BTXSE", "BPTVPSE"])
    layers = keras.layers
    E, W, *_ = next_symbol_model().get_weights()
    epochs = signature(train_next_symbol).parameters["epochs"].default
    return {
        "m": E.shape[1], "u": W.shape[1], "symbols": len(SYMBOLS),
        "epochs": epochs,
        "x_two": x_two, "y_two": y_two,
        "N": len(training),
        "N_test": len(test),
        "different": len(set(training)),
        "seen": sum(string in set(training) for string in test),
        "unseen": sum(string not in set(training) for string in test),
        "longest": max(len(string) for string in training),
        "shape": np.array(x.shape),
        "pairs": np.sum(y >= 0),
        "places": y.size,
        "updates": epochs * int(np.ceil(len(training) / 32)),
        "exercise_shape": np.array(make_pairs(["B" * 12] * 32)[0].shape),
        "parameters": next_symbol_model().count_params(),
        "parameters_lstm": next_symbol_model(layers.LSTM).count_params(),
        "parameters_gru": next_symbol_model(layers.GRU).count_params(),
        "parameters_one_hot": one_hot_model().count_params(),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# arrays")
    print("x =", v["x_two"], sep="\n")
    print("y =", v["y_two"], sep="\n")


if __name__ == "__main__":
    main()
