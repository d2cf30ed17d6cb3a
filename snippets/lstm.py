"""Part D, LSTM: keep a symbol while other inputs pass.

Run `python -m snippets.lstm` for the outputs that the page shows.
Shapes: N samples, T steps, m inputs, u units and m' outputs a step.
"""

import keras
import numpy as np

from snippets.time_distributed import sigmoid


# --8<-- [start:step]
def lstm_step(x, h, c, W, U, b):
    """Return the gates and the new states i, f, c_new, o, c, h, all (..., u).

    x (..., m) is the input of the step, h and c (..., u) the states before
    it; W (m, 4u), U (u, 4u) and b (4u,) hold i, f, c_new, o side by side.
    """
    z = x @ W + h @ U + b                            # (..., 4u)
    z_i, z_f, z_c, z_o = np.split(z, 4, axis=-1)     # (..., u) each
    i = sigmoid(z_i)                                 # how much to write
    f = sigmoid(z_f)                                 # how much to keep
    c_new = np.tanh(z_c)                             # what to write
    o = sigmoid(z_o)                                 # how much to show
    c = f * c + i * c_new                            # the new cell
    h = o * np.tanh(c)                               # the new state
    return i, f, c_new, o, c, h
# --8<-- [end:step]


# --8<-- [start:loop]
def lstm(x, W, U, b, h=0.0, c=0.0):
    """Return i, f, c_new, o, c, h, all (N, T, u), for the inputs x (N, T, m).

    h and c are the states before the first step, (N, u), or zero.
    """
    h = h + np.zeros((len(x), len(U)), x.dtype)      # (N, u)
    c = c + np.zeros((len(x), len(U)), x.dtype)      # (N, u)
    steps = []
    for t in range(x.shape[1]):
        step = lstm_step(x[:, t], h, c, W, U, b)     # six of (N, u)
        c, h = step[-2:]                             # to the next step
        steps.append(step)
    return np.stack(steps, axis=2)                   # (6, N, T, u)
# --8<-- [end:loop]


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
    ], name="part_d")
# --8<-- [end:model]


# --8<-- [start:train]
def train(recurrent=keras.layers.LSTM, u=2, seed=1):
    """Train on make_data(); return the model and its loss after each epoch."""
    keras.utils.set_random_seed(seed)                # before weights are drawn
    model = build_model(recurrent, u)
    optimizer = keras.optimizers.Adam(learning_rate=0.05)
    model.compile(loss="mse", optimizer=optimizer)
    history = model.fit(*make_data(), epochs=20, batch_size=32, verbose=0)
    return model, history.history["loss"]
# --8<-- [end:train]


def values():
    """Return the values that the page quotes, by name."""
    model = build_model()
    simple = build_model(keras.layers.SimpleRNN, 5)
    return {
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
