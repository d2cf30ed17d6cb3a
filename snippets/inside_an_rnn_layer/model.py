"""Inside an RNN layer: a small model that tells the next symbol of a string.

Run `python -m snippets.inside_an_rnn_layer.model` for the outputs of the page.
Shapes: N strings, T steps, m = m' = 7 symbols, u = 3 units.
"""

import keras
import numpy as np

from snippets.reber.strings import SYMBOLS, legal, one_hot, reber
from snippets.recording.measured import measured


# --8<-- [start:data]
def make_data(N=256, T=12, seed=0):
    """Return x (N, T, 7), y (N, T) and weight (N, T) for N random strings.

    At step t, x is the symbol t and y the number of the symbol t + 1. Of a
    long string only the first T + 1 symbols are used. Behind the end of a
    short one all is zero, and the weight 0 says: do not count.
    """
    rng = np.random.default_rng(seed)
    x = np.zeros((N, T, 7))                        # (N, T, m)
    y, weight = np.zeros((N, T), int), np.zeros((N, T))
    for n in range(N):
        string = reber(rng)[:T + 1]
        steps = len(string) - 1                    # the last has no next
        x[n, :steps] = one_hot(string[:-1])        # (steps, m)
        y[n, :steps] = [SYMBOLS.index(s) for s in string[1:]]
        weight[n, :steps] = 1
    return x, y, weight
# --8<-- [end:data]


# --8<-- [start:model]
def build_model():
    """Return the untrained model: (N, T, 7) to probabilities (N, T, 7)."""
    return keras.Sequential([
        keras.Input((None, 7)),                    # any number of steps
        keras.layers.SimpleRNN(3, return_sequences=True, name="rnn"),
        keras.layers.Dense(7, activation="softmax", name="output"),
    ], name="next_symbol")
# --8<-- [end:model]


# --8<-- [start:train]
def train(seed=4, epochs=40):
    """Train on make_data(); return the model and its loss during each epoch."""
    keras.utils.set_random_seed(seed)
    x, y, weight = make_data()
    model = build_model()
    loss = keras.losses.SparseCategoricalCrossentropy(
        reduction="mean_with_sample_weight")       # a mean of what counts
    model.compile(loss=loss, optimizer=keras.optimizers.Adam(0.03))
    history = model.fit(x, y, sample_weight=weight, epochs=epochs,
                        batch_size=32, verbose=0)
    return model, history.history["loss"]
# --8<-- [end:train]


# --8<-- [start:weights]
W = np.array([[-0.96, -2.87, 0.11],                # a row for B
              [-0.54, 0.20, 2.25],                 # T
              [-2.64, 3.86, -0.18],                # S
              [1.20, 1.97, 3.46],                  # X
              [2.06, -1.56, 1.92],                 # P
              [-1.15, -0.86, -2.10],               # V
              [0.50, 0.63, -0.28]])                # E: (m, u) = (7, 3)
U = np.array([[1.23, -1.26, -1.74],
              [-0.22, -0.39, -0.55],
              [1.78, -2.54, -0.18]])               # (u, u) = (3, 3)
b = np.array([-0.74, 0.80, 0.71])                  # (u,) = (3,)
#                B      T      S      X      P      V      E
W_y = np.array([[0.19, 0.32, -0.49, -0.62, -1.66, 3.26, -2.25],
                [0.83, -3.10, 3.29, 3.28, -3.61, -2.98, 2.27],
                [-1.21, 2.53, 2.30, 2.65, -2.33, -0.17, -3.92]])
b_y = np.array([-1.55, 0.19, 0.42, 0.09, 1.21, 0.15, 0.60])  # (7,)
# --8<-- [end:weights]


def best_loss():
    """Return the loss of one who knows the grammar, on make_data()."""
    rng = np.random.default_rng(0)
    ways = [row.sum() for _ in range(256)
            for row in legal(reber(rng)[:13])[:-1]]
    # At each node the ways on are equally likely: ln 2 for two of them.
    return np.log(ways).mean()


def measure():
    """Return the last loss of five trainings, with the seeds 1 to 5."""
    return {"losses": np.array([round(train(seed)[1][-1], 3)
                                for seed in range(1, 6)])}


def values():
    """Return the values that the page quotes, by name."""
    x, y, weight = make_data()
    model = build_model()
    model.set_weights([W, U, b, W_y, b_y])         # order of get_weights()
    p = np.array(model(x))                         # (N, T, 7)
    right = np.take_along_axis(p, y[..., None], axis=-1)[..., 0]
    rnn, output = model.layers
    return {
        "W": W, "U": U, "b": b, "W_y": W_y, "b_y": b_y,
        "m": x.shape[-1], "u": len(U),
        "loss": -np.log(right[weight > 0]).mean(),
        "best_loss": best_loss(),
        "losses": (losses := measured("inside_an_rnn_layer.model")["losses"]),
        "trainings": len(losses),
        "parameters_rnn": rnn.count_params(),
        "parameters_output": output.count_params(),
        "arrays_rnn": len(rnn.get_weights()),
        "kernel_limit": np.sqrt(6 / (7 + 3)),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    learned = np.log(7) - v["losses"]              # of a loss of ln 7
    return {
        "learned": ("there is little left to learn", np.all(
            learned > 0.98 * (np.log(7) - v["best_loss"]))),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    print("# shapes")
    for layer in build_model().layers:
        for weight in layer.weights:
            print(f"{layer.name:7} {weight.name:17} {tuple(weight.shape)}")


if __name__ == "__main__":
    main()
