"""Part C, traps: what goes wrong between two recurrent layers.

Run `python -m snippets.stacked_rnn.traps` for the page's output.
"""

import textwrap

import keras
import numpy as np

from snippets.layers.dense import dense, sigmoid
from snippets.stacked_rnn import miniature as small
from snippets.stacked_rnn.model import (
    U1, U2, W1, W2, W_y, b1, b2, b_y, build_model, x_new,
)


# --8<-- [start:without_sequences]
def without_sequences():
    """Return what Keras says if layer 1 gives its last state only."""
    try:
        keras.Sequential([
            keras.Input((None, 3)),
            keras.layers.SimpleRNN(5, name="layer_1"),  # gives (N, 5)
            keras.layers.SimpleRNN(7, name="layer_2"),  # wants (N, T, 5)
        ])
    except ValueError as error:
        return str(error)
# --8<-- [end:without_sequences]


def last_only():
    """Return the output if only layer 2 gives its last state: (N, 2)."""
    model = keras.Sequential([
        keras.Input((None, 3)),
        keras.layers.SimpleRNN(5, return_sequences=True),
        keras.layers.SimpleRNN(7),         # (N, 7): the state after the end
        keras.layers.Dense(2, activation="sigmoid"),
    ])
    model.set_weights([W1, U1, b1, W2, U2, b2, W_y, b_y])
    return model.predict(x_new, verbose=0)


def variant(activation=np.tanh, bias=1, late=False):
    """Return y (T, 2) for x_new, with one thing done otherwise."""
    h1, h2, outputs = np.zeros(5), np.zeros(7), []
    for x in x_new[0]:
        before = h1
        h1 = activation(x @ W1 + h1 @ U1 + bias * b1)
        below = before if late else h1     # late: the state of t - 1
        h2 = activation(below @ W2 + h2 @ U2 + bias * b2)
        outputs.append(dense(h2, W_y, b_y)[1])
    return np.array(outputs)


def exchanged():
    """Return the miniature's last output with W2 and U2 exchanged."""
    h1 = h2 = 0
    for x in small.x:
        h1 = np.tanh(x * small.W1 + h1 * small.U1 + small.b1)
        h2 = np.tanh(h1 * small.U2 + h2 * small.W2 + small.b2)
    return sigmoid(h2 * small.W_y + small.b_y)


def shared():
    """Return the miniature's last output with one h for both layers."""
    h = 0
    for x in small.x:
        h = np.tanh(x * small.W1 + h * small.U1 + small.b1)
        h = np.tanh(h * small.W2 + h * small.U2 + small.b2)
    return sigmoid(h * small.W_y + small.b_y)


def values():
    """Return the values that the page quotes, by name."""
    layer_1, layer_2, output = build_model().layers
    return {
        "right": variant(),
        "late": variant(late=True),
        "sigmoid": variant(activation=sigmoid),
        "no_bias": variant(bias=0),
        "last_only": last_only()[0],
        "exchanged": exchanged(),
        "shared": shared(),
        "parameters_1": layer_1.count_params(),
        "parameters_2": layer_2.count_params(),
        "parameters_y": output.count_params(),
        "parameters_three": build_model((5, 7, 4)).count_params(),
        "parameters_swapped": build_model((7, 5)).count_params(),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    wrong = (v["no_bias"][2] > 0.5) != (v["right"][2] > 0.5)
    return {"both_wrong": ("both answers wrong", np.all(wrong))}


def main():
    """Print the error that the page shows."""
    print("# without_sequences")
    print(textwrap.fill("ValueError: " + without_sequences(), 72))


if __name__ == "__main__":
    main()
