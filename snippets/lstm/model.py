"""Part D, LSTM: keep a symbol while other inputs pass.

Run `python -m snippets.lstm.model` for the outputs that the page shows.
Shapes: N samples, T steps, m inputs, u units and m' outputs per step.
"""

import keras
import numpy as np


# --8<-- [start:data]
def make_data(N=256, T=8, seed=0):
    """Return x (N, T, 3) and the y (N, T, 2) to be learned from it."""
    rng = np.random.default_rng(seed)
    symbols = rng.choice([-1, 1], size=(N, T, 2))    # two signs a symbol
    marked = rng.random((N, T, 1)) < 0.2             # keep about one in five
    marked[:, 0] = True                              # and always the first
    x = np.concatenate([symbols, marked], axis=-1)   # (N, T, m) = (N, T, 3)
    y = np.zeros((N, T, 2))                          # (N, T, m')
    for t in range(T):
        kept = y[:, t - 1]                           # (N, 2): from before
        y[:, t] = np.where(marked[:, t], symbols[:, t] > 0, kept)
    return x.astype(float), y
# --8<-- [end:data]


# --8<-- [start:model]
def build_model(recurrent=keras.layers.LSTM, u=2):
    """Return the untrained model with u units: (N, T, 3) to (N, T, 2)."""
    dense = keras.layers.Dense(2, activation="sigmoid")
    return keras.Sequential([
        keras.Input((None, 3)),                      # None: any number of steps
        recurrent(u, return_sequences=True, name="recurrent"),
        keras.layers.TimeDistributed(dense, name="output"),
    ], name="keep_symbols")
# --8<-- [end:model]


# --8<-- [start:train]
RATE = 0.05                                          # learning rate
BATCH = 32                                           # sequences a step


def train(recurrent=keras.layers.LSTM, u=2, seed=1):
    """Train on make_data(); return the model and its loss during each epoch."""
    keras.utils.set_random_seed(seed)                # before weights are drawn
    model = build_model(recurrent, u)
    optimizer = keras.optimizers.Adam(learning_rate=RATE)
    model.compile(loss="mse", optimizer=optimizer)
    history = model.fit(*make_data(), epochs=20, batch_size=BATCH, verbose=0)
    return model, history.history["loss"]
# --8<-- [end:train]


def values():
    """Return the values that the page quotes, by name."""
    model = build_model()
    simple = build_model(keras.layers.SimpleRNN, 5)
    x, y = make_data()
    return {
        "x_shape": np.array(x.shape),
        "y_shape": np.array(y.shape),
        "parameters": model.count_params(),
        "parameters_layer": model.layers[0].count_params(),
        "parameters_simple": simple.count_params(),
    }


def main():
    """Print the output that the page shows."""
    print("# summary")
    build_model().summary(line_length=64, print_fn=print)


if __name__ == "__main__":
    main()
