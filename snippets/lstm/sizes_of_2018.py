"""Part D, the sizes of the tutorial of 2018: shapes and number of parameters.

Run `python -m snippets.lstm.sizes_of_2018` for the output that the page shows.
Source: Alexis Huet, RNN with Keras: Understanding computations (2018).
"""

import keras
import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.lstm import lstm


# --8<-- [start:shapes]
def build_model_2018():
    """Return the model of the original: m = 7, u = 13, m' = 5."""
    dense = keras.layers.Dense(5, activation="sigmoid")
    return keras.Sequential([
        keras.Input((None, 7)),
        keras.layers.LSTM(13, return_sequences=True, name="recurrent"),
        keras.layers.TimeDistributed(dense, name="output"),
    ], name="part_d_of_2018")


x_2018 = np.array([[[1, 1, 1, 1, 2, 3, 4],
                    [1, 2, 3, 4, 3, 2, 1]]], float)  # (N, T, m) = (1, 2, 7)
# --8<-- [end:shapes]


def values():
    """Return the values that the page quotes, by name."""
    model = build_model_2018()
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=w.shape) for w in model.get_weights()])
    W, U, b, W_y, b_y = model.get_weights()
    y = sigmoid(lstm(x_2018, W, U, b)[-1] @ W_y + b_y)  # (N, T, m')
    y_keras = model.predict(x_2018, verbose=0)
    exercise = keras.layers.LSTM(100)
    exercise.build((None, None, 50))
    return {
        "u": len(U),
        "gate": W[:, :13].size + U[:, :13].size + b[:13].size,
        "layer": model.layers[0].count_params(),
        "output": model.layers[1].count_params(),
        "parameters": model.count_params(),
        "exercise": exercise.count_params(),
        "weights": np.array([str(w.shape) for w in model.get_weights()]),
        "y_shape": str(y_keras.shape),
        "same_as_keras": np.allclose(y, y_keras, rtol=0, atol=1e-6),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# shapes")
    for name, shape in zip(("W", "U", "b", "W_y", "b_y"), v["weights"]):
        print(f"{name:4}{shape}")
    print("together:", v["parameters"])
    print("output:", v["y_shape"])
    print("the same by hand:", v["same_as_keras"])


if __name__ == "__main__":
    main()
