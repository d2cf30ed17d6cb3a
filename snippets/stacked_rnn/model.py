"""Part C, two hidden layers: the data, the Keras model and its weights.

Run `python -m snippets.stacked_rnn.model` for the outputs that the page shows.
Sizes: m = 3 inputs, 5 units in layer 1, 7 in layer 2, m' = 2 outputs.
"""

import keras
import numpy as np


# --8<-- [start:data]
def make_data(N=512, T=6, seed=0):
    """Return x (N, T, 3) and the y (N, T, 2) to be learned from it."""
    rng = np.random.default_rng(seed)
    x = rng.integers(1, 5, size=(N, T, 3)).astype(float)  # 1, 2, 3 or 4
    fell = np.zeros((N, T))
    fell[:, 1:] = x[:, 1:, 0] < x[:, :-1, 0]  # the first number fell
    odd = np.cumsum(fell, axis=1) % 2         # an odd number of times
    return x, np.stack([fell, odd], axis=-1)  # (N, T, m), (N, T, m')
# --8<-- [end:data]


# --8<-- [start:model]
def build_model(units=(5, 7)):
    """Return an untrained model with one recurrent layer for each of units."""
    model = keras.Sequential([keras.Input((None, 3))], name="part_c")
    for k, u in enumerate(units, start=1):
        layer = keras.layers.SimpleRNN(u, return_sequences=True,
                                       name=f"layer_{k}")
        model.add(layer)                   # (N, T, u): all states, not one
    model.add(keras.layers.Dense(2, activation="sigmoid", name="output"))
    return model                           # (N, T, 3) to (N, T, 2)
# --8<-- [end:model]


# --8<-- [start:train]
def train(units=(5, 7), seed=1, epochs=40):
    """Train on make_data(); return the model and its loss during each epoch."""
    keras.utils.set_random_seed(seed)
    x, y = make_data()
    model = build_model(units)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.02))
    history = model.fit(x, y, epochs=epochs, batch_size=64, verbose=0)
    return model, history.history["loss"]
# --8<-- [end:train]


# --8<-- [start:weights_1]
W1 = np.array([[0.31, -0.32, 0.50, 0.81, -0.97],
               [0.03, -0.57, -0.02, -0.03, 0.00],
               [0.02, 0.02, -0.01, 0.04, 0.06]])    # (m, 5) = (3, 5)
U1 = np.array([[-0.86, -0.24, 0.49, -0.92, 0.27],
               [-0.04, 0.54, -0.01, 0.69, -0.83],
               [-0.30, -0.56, 0.29, -1.44, 1.78],
               [0.16, 0.03, -0.12, 0.19, 0.64],
               [-0.20, 0.01, 0.02, 0.35, -0.21]])   # (5, 5)
b1 = np.array([-0.33, -0.05, -1.05, -0.23, 0.11])   # (5,)
# --8<-- [end:weights_1]

# --8<-- [start:weights_2]
W2 = np.array([[0.45, -1.56, 1.56, 0.38, 0.00, -0.74, 0.70],
               [0.62, 0.54, -0.77, 1.53, -0.14, -0.14, 0.19],
               [0.42, 0.17, 0.40, -0.21, 0.36, -0.08, -0.23],
               [1.17, -1.45, 1.08, 0.78, -0.97, -1.27, 0.82],
               [-0.84, 0.52, -0.46, -1.45, 1.82, 1.52, -1.70]])  # (5, 7)
U2 = np.array([[0.43, -0.49, -0.97, -0.79, -0.69, 0.53, -0.49],
               [1.54, -0.20, -0.56, -0.60, -1.46, 0.02, 0.34],
               [0.05, -1.03, -0.95, -0.32, -0.30, -0.84, -0.09],
               [-0.38, 1.62, 1.08, 0.82, 0.24, 0.23, 0.31],
               [-0.92, 0.73, 0.52, 0.71, 1.43, 1.23, 0.06],
               [0.10, -0.47, -0.20, -0.84, -0.38, -0.27, -0.84],
               [0.51, -0.87, -0.15, -0.67, -0.41, 0.28, 0.11]])  # (7, 7)
b2 = np.array([-0.20, -0.36, 0.53, -0.96, 0.30, -0.42, 0.10])    # (7,)
# --8<-- [end:weights_2]

# --8<-- [start:weights_y]
W_y = np.array([[-0.65, -1.27],
                [0.42, -1.76],
                [-0.93, -1.96],
                [-1.41, 1.99],
                [1.16, 2.10],
                [1.88, -1.09],
                [-1.84, -0.59]])           # (7, m') = (7, 2)
b_y = np.array([-0.07, -0.84])             # (m',) = (2,)
# --8<-- [end:weights_y]


# --8<-- [start:predict]
def trained():
    """Return the Keras model with the printed weights."""
    model = build_model()
    model.set_weights([W1, U1, b1, W2, U2, b2, W_y, b_y])
    return model


x_new = np.array([[[4, 2, 1],
                   [1, 1, 1],
                   [1, 1, 1]]], float)     # (N, T, m) = (1, 3, 3)
# --8<-- [end:predict]


def values():
    """Return the values that the page quotes, by name."""
    model = trained()
    weights = model.get_weights()
    return {
        "parameters": model.count_params(),
        "sizes": np.array([weight.size for weight in weights]),
        "y_keras": model.predict(x_new, verbose=0)[0],
        "idle": W1[1:],                    # (2, 5): of the other numbers
        "limit_1": np.sqrt(6 / (3 + 5)),
        "limit_2": np.sqrt(6 / (5 + 7)),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "no_part": ("All but one of their weights are below 0.07 in size",
                    np.sum(np.abs(v["idle"]) >= 0.07) == 1),
        "both": ("both are near one", np.all(v["y_keras"][1] > 0.9)),
        "stays": ("the first goes back, and the second stays",
                  v["y_keras"][2][0] < 0.1 and v["y_keras"][2][1] > 0.9),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z.4f}".format})
    print("# summary")
    build_model().summary(line_length=58, print_fn=print)
    print("# predict")
    print(v["y_keras"])


if __name__ == "__main__":
    main()
