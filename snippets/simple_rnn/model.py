"""Part B, SimpleRNN: a state of five numbers, carried from step to step.

Run `python -m snippets.simple_rnn.model` for the outputs that the page shows.
Shapes: N samples, T steps, m inputs, u units, m' outputs per step.
"""

import keras
import numpy as np

from snippets.layers.dense import sigmoid
from snippets.recording import drawing


# --8<-- [start:data]
def make_data(N=256, seed=0):
    """Return x (N, 6, 3) and the y (N, 6, 2) to be learned from it."""
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 5, size=(N, 6, 3)) * 1.0      # (N, T, m), 0 to 4
    difference = x[..., :2] - x[..., 1:]              # (N, T, m')
    previous = np.zeros_like(difference)              # at t = 0: nothing yet
    previous[:, 1:] = difference[:, :-1]              # else: one step late
    return x, sigmoid(previous)                       # between 0 and 1
# --8<-- [end:data]


# --8<-- [start:model]
def build_model():
    """Return the untrained model: (N, T, 3) to (N, T, 2), any N and T."""
    few = keras.regularizers.L1(0.001)                # many weights near 0
    output = keras.layers.Dense(2, activation="sigmoid")
    return keras.Sequential([
        keras.Input((None, 3)),                       # any number of steps
        keras.layers.SimpleRNN(5, return_sequences=True, name="rnn",
                               kernel_regularizer=few,
                               recurrent_regularizer=few),
        keras.layers.TimeDistributed(output, name="output"),
    ], name="part_b")
# --8<-- [end:model]


# --8<-- [start:train]
def train():
    """Train on make_data(); return the model and the error during each epoch."""
    keras.utils.set_random_seed(1)
    x, y = make_data()
    model = build_model()
    optimizer = keras.optimizers.Adam(learning_rate=0.02)
    model.compile(loss="mse", optimizer=optimizer, metrics=["mse"])
    history = model.fit(x, y, epochs=50, batch_size=32, verbose=0)
    return model, history.history["mse"]
# --8<-- [end:train]


# --8<-- [start:weights]
W = np.array([[0.00, -0.03, -0.31, 0.00, 0.00],
              [0.00, -0.26, 0.30, 0.00, 0.00],
              [0.00, 0.29, 0.01, 0.00, 0.00]])        # (m, u) = (3, 5)
U = np.array([[0.00, 0.00, 0.00, 0.00, 0.00],
              [0.00, 0.00, 0.00, 1.14, 0.00],
              [-0.06, 0.00, 0.00, 0.00, -1.13],
              [0.00, 0.00, 0.00, 0.00, 0.00],
              [0.00, 0.00, 0.00, 0.00, -0.01]])       # (u, u) = (5, 5)
b = np.array([-0.02, 0.00, 0.00, 0.01, -0.01])        # (u,) = (5,)
W_y = np.array([[1.29, 0.54],
                [0.01, -0.06],
                [0.02, -0.04],
                [0.23, -3.38],
                [3.20, -0.52]])                       # (u, m') = (5, 2)
b_y = np.array([0.05, 0.03])                          # (m',) = (2,)
# --8<-- [end:weights]

# The error during each epoch of train(), rounded to two digits.
ERRORS = [
    0.12, 0.082, 0.065, 0.048, 0.032, 0.022, 0.015, 0.0099, 0.0075, 0.0056,
    0.0044, 0.0035, 0.0029, 0.0026, 0.0022, 0.0021, 0.0019, 0.0017, 0.0015,
    0.0014, 0.0014, 0.0013, 0.0012, 0.0012, 0.0011, 0.0011, 0.0011, 0.0011,
    0.001, 0.001, 0.00095, 0.00091, 0.00089, 0.00087, 0.00087, 0.00087,
    0.00087, 0.00087, 0.00086, 0.00084, 0.00081, 0.00079, 0.00078, 0.00077,
    0.00076, 0.00077, 0.00075, 0.00073, 0.00072, 0.00071]


# --8<-- [start:predict]
def predict(x):
    """Return Keras's prediction (N, T, 2), in float32, for x (N, T, 3)."""
    model = build_model()
    model.set_weights([W, U, b, W_y, b_y])            # order of get_weights()
    return model.predict(x, verbose=0)


x_new = np.array([[[4, 2, 1],
                   [1, 1, 1],
                   [1, 1, 1]]]) * 1.0                 # (1, 3, 3)
# --8<-- [end:predict]


def values():
    """Return the values that the page quotes, by name."""
    x, y = make_data()
    model = build_model()
    return {
        "W": W, "U": U, "b": b, "W_y": W_y,
        "target": sigmoid(np.array([2.0, 1.0, -4.0, 4.0])),
        "limit": np.sqrt(6 / (3 + 5)),
        "parameters": model.count_params(),
        "parameters_rnn": model.get_layer("rnn").count_params(),
        "parameters_output": model.get_layer("output").count_params(),
        "errors": np.array(ERRORS),
        "error_without_memory": np.mean((y - y.mean(axis=(0, 1))) ** 2),
        "y_keras": predict(x_new)[0],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    listen, large = np.abs(v["W"]) > 0.05, np.abs(v["U"]) > 0.1
    most = np.argmax(np.abs(v["W_y"]), axis=0)        # (m',): the unit
    return {
        "second_pass": ("In the second pass the error is already below the "
                        "best that is possible without memory",
                        v["errors"][1] < v["error_without_memory"]
                        < v["errors"][0]),
        "two_listen": ("only two of the five units listen to the input",
                       np.sum(listen.any(axis=0)) == 2),
        "two_large": ("has two large numbers", np.sum(large) == 2),
        "outputs_read": ("Output 0 reads mostly unit 4. Output 1 reads mostly "
                         "unit 3 and turns its sign.",
                         most.tolist() == [4, 3] and v["W_y"][4, 0] > 0
                         and v["W_y"][3, 1] < 0),
        "lead_nowhere": ("their own rows are zero, or nearly",
                         np.all(np.abs(v["U"][3:]) < 0.05)),
        "small_biases": ("The biases of the layer are close to zero.",
                         np.all(np.abs(v["b"]) < 0.05)),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z.4f}".format})
    model = build_model()
    print("# summary")
    model.summary(line_length=64, print_fn=print)
    print("# predict")
    print(v["y_keras"])
    print("# shapes")
    for weight in model.weights:
        print(f"{weight.name:17} {tuple(weight.shape)}")


def figures(values):
    """Return the error of each pass through the data, as a curve."""
    alone = np.full(len(ERRORS), values["error_without_memory"])
    return {"errors": drawing.curve(
        {"SimpleRNN": values["errors"], "best without memory": alone},
        "passes through the data", "mean squared error",
        "The error during training",
        "Over 50 passes through the data the error of the SimpleRNN falls to "
        "nearly zero, far below the best that is possible without memory.")}


if __name__ == "__main__":
    main()
