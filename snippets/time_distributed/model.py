"""Part A, TimeDistributed: one dense layer, the same at each time step.

Run `python -m snippets.time_distributed.model` for the outputs of the page.
Shapes: N samples, T steps, m inputs and m' outputs per step.
"""

from itertools import permutations

import keras
import numpy as np

from snippets.layers.dense import dense, sigmoid, time_distributed


# --8<-- [start:six_steps]
w, bias = 2.35, -1.36                            # the same at each step
six_steps = np.array([1, 0.8, 0.6, 0.2, 1, 0])   # (T,) = (6,)
# --8<-- [end:six_steps]


# --8<-- [start:data]
def make_data():
    """Return x (256, 6, 2) and the y (256, 6, 3) to be learned from it."""
    rng = np.random.default_rng(0)
    x = rng.uniform(size=(256, 6, 2))      # (N, T, m)
    p, q = x[..., 0], x[..., 1]            # (N, T): a pair at each step
    z = np.stack([2 * p + 2 * q - 3,       # both are large
                  2 * p + 2 * q - 1,       # at least one is large
                  2 * p - 2 * q], -1)      # p is larger than q
    return x, sigmoid(z)                   # (N, T, m'), between 0 and 1
# --8<-- [end:data]


# --8<-- [start:model]
def build_model():
    """Return the untrained model: (N, T, 2) to (N, T, 3), any N and T."""
    dense = keras.layers.Dense(3, activation="sigmoid")
    return keras.Sequential([
        keras.Input((None, 2)),            # None: any number of steps
        keras.layers.TimeDistributed(dense, name="same_at_each_t"),
    ], name="part_a")
# --8<-- [end:model]


# --8<-- [start:train]
def train():
    """Train on make_data(); return the model and its loss during each epoch."""
    keras.utils.set_random_seed(1)
    x, y = make_data()
    model = build_model()
    optimizer = keras.optimizers.RMSprop(learning_rate=0.02)
    model.compile(loss="mse", optimizer=optimizer)
    history = model.fit(x, y, epochs=20, batch_size=32, verbose=0)
    return model, history.history["loss"]
# --8<-- [end:train]


# --8<-- [start:weights]
W = np.array([[1.68, 1.80, 1.99],
              [1.69, 1.59, -2.01]])        # (m, m') = (2, 3)
b = np.array([-2.61, -0.74, -0.01])        # (m',) = (3,)
# --8<-- [end:weights]


# --8<-- [start:predict]
def predict(x):
    """Return Keras's prediction (N, T, 3), in float32, for x (N, T, 2)."""
    model = build_model()
    model.set_weights([W, b])              # the order of get_weights()
    return model.predict(x, verbose=0)


x_new = np.array([[[1, 1], [0.8, 0.8], [0.6, 0.6],
                   [0.2, 0.2], [1, 1], [0, 0]]])  # (1, 6, 2)
# --8<-- [end:predict]


def values():
    """Return the values that the page quotes, by name."""
    z_six = w * six_steps + bias           # (T,)
    y_six = sigmoid(z_six)                 # (T,)
    orders = np.array(list(permutations(range(6))))  # (720, T)
    z, y = dense(x_new[0], W, b)           # (T, m') each
    by_hand = time_distributed(x_new, W, b)
    by_keras = predict(x_new)
    inputs, targets = make_data()
    z_exercise, y_exercise = dense(np.array([0.5, 0.5]), W, b)
    return {
        "xW_six": w * six_steps,
        "z_six": z_six,
        "y_six": y_six,
        "order_counts": (sigmoid(w * six_steps[orders] + bias)
                         != y_six[orders]).any(),
        "parameters": build_model().count_params(),
        "z": z,
        "y": y,
        "y_keras": by_keras[0],
        "y_longer": predict(np.tile(x_new, (2, 2, 1))[:, :8]),
        "loss": np.mean((time_distributed(inputs, W, b) - targets) ** 2),
        "same_as_keras": np.allclose(by_keras, by_hand, rtol=0, atol=1e-6),
        "z_alone": dense(np.eye(2), W, b)[0],  # one input 1, the other 0
        "column_2": np.array([W[0, 2], W[1, 2], b[2]]),
        "z_exercise": z_exercise,
        "y_exercise": y_exercise,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    y, longer = v["y_six"], v["y_longer"]
    return {
        "no_trace": ("the answer shows no trace of them", y[0] == y[4]),
        "any_order": ("In any order of the steps each has the output that it "
                      "has here", not v["order_counts"]),
        "first_again": ("its last two rows are the first two again",
                        np.allclose(longer[:, 6:], longer[:, :2], rtol=0, atol=1e-6)),
        "not_alone": ("one large input alone cannot outweigh it",
                      np.all(v["z_alone"][:, 0] < 0)),
        "alone": ("one large input does outweigh",
                  np.all(v["z_alone"][:, 1] > 0)),
        "opposed": ("one weight positive, the other negative, and almost no "
                    "bias", v["column_2"][0] > 1 and v["column_2"][1] < -1
                    and abs(v["column_2"][2]) < 0.05),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z.4f}".format})
    print("# summary")
    build_model().summary(line_length=64, print_fn=print)
    print("# predict")
    print(v["y_keras"])
    print("# longer")
    print(v["y_longer"].shape)
    print(v["y_longer"][1, 6:])
    print("# by_hand")
    print(v["z"])
    print(v["y"])
    print("the same as Keras:", v["same_as_keras"])


if __name__ == "__main__":
    main()
