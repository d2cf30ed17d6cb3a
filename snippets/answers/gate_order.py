"""Answers: in which order Keras packs the gates of an LSTM.

Run `python -m snippets.answers.gate_order` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.array([[1, -2, 3]], "float32")    # (N, m)
old = np.ones((1, 4), "float32")         # (N, u): h and c before
cell = keras.layers.LSTMCell(4)
h, (_, c) = cell(x, [old, old])
W, U, b = cell.get_weights()             # (m, 4u), (u, 4u), (4u,)

def sigmoid(z):
    """Squash each number of z into the range 0 to 1."""
    return 1 / (1 + np.exp(-z))

i, f, c_new, o = np.split(x @ W + old @ U + b, 4, axis=1)
c_by_hand = sigmoid(f) * old + sigmoid(i) * np.tanh(c_new)
h_by_hand = sigmoid(o) * np.tanh(c_by_hand)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "c_same": np.allclose(c, c_by_hand, rtol=0, atol=1e-6),
        "h_same": np.allclose(h, h_by_hand, rtol=0, atol=1e-6),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("c the same by hand:", v["c_same"])
    print("h the same by hand:", v["h_same"])


if __name__ == "__main__":
    main()
