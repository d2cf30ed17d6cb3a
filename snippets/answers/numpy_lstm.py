"""Answers: an LSTM in NumPy that gives what Keras gives.

Run `python -m snippets.answers.numpy_lstm` for the output of the page.
"""

# --8<-- [start:program]
import keras
import numpy as np


def sigmoid(z):
    """Return the sigmoid of each number of z."""
    return 1 / (1 + np.exp(-z))


def by_hand(x, W, U, b):
    """Return the last state (N, u) of an LSTM for x (N, T, m)."""
    h, c = np.zeros((2, len(x), len(U)))          # (N, u) each
    for t in range(x.shape[1]):
        i, f, c_new, o = np.split(x[:, t] @ W + h @ U + b, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(c_new)
        h = sigmoid(o) * np.tanh(c)
    return h


lstm = keras.layers.LSTM(3)                       # or yours
x = np.random.default_rng(0).normal(size=(1, 5, 2))  # (N, T, m)
h = lstm(x)                                       # (N, u)
same = np.allclose(by_hand(x, *lstm.get_weights()), h, rtol=0, atol=1e-6)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"same": same}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("the same as Keras, to a millionth:", v["same"])


if __name__ == "__main__":
    main()
