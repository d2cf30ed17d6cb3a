"""The RNN API: the answers of the exercises.

Run `python -m snippets.rnn_api.exercises` to see them all.
"""

import keras
import numpy as np

from snippets.layers.dense import dense
from snippets.layers.simple_rnn import simple_rnn_from
from snippets.reber.strings import embedded, one_hot
from snippets.rnn_api import two_lengths as two
from snippets.rnn_api.generate import softmax
from snippets.rnn_api.grammar import (
    U, W, W_legal, W_next, b, b_legal, b_next, start,
)
from snippets.rnn_api.sums import plain


def last(string):
    """Return the grammar layer's last state (13,) for a string."""
    return simple_rnn_from(one_hot(string)[None], start[None], W, U, b)[0, -1]


def judge(string):
    """Return how legal the string is, and the next symbol's row (7,)."""
    h = last(string)
    z, p = dense(h, W_legal, b_legal)
    return p[0], softmax(h @ W_next + b_next)


def sums(return_sequences=True, **options):
    """Return a new layer that adds, as in sums.py."""
    return keras.layers.SimpleRNN(
        1, activation="linear", kernel_initializer="ones",
        recurrent_initializer="ones", return_sequences=True, **options)


STRINGS = 200


def finish_all(begin):
    """Return how many strings end rightly from another start (1, 3)."""
    rng, right = np.random.default_rng(2), 0
    for string in [embedded(rng) for _ in range(STRINGS)]:
        read = simple_rnn_from(one_hot(string[:-2])[None], begin,
                               two.W_read, two.U_read, two.b_read)
        right += (read[0, -1, 2] > 0) == (string[-2] == "T")
    return right


def values():
    """Return the values that the page quotes, by name."""
    x = np.array([[[1.0], [2.0], [3.0], [4.0]]])     # (1, 4, 1)
    one, both = keras.layers.LSTM(8), keras.layers.Bidirectional(
        keras.layers.LSTM(8))
    one.build((None, None, 7))
    both.build((None, None, 7))
    output = keras.layers.Dense(1)
    outputs = both.compute_output_shape((1, 1, 7))[-1]
    output.build((None, outputs))
    unfinished, wrong = judge("BTX"), judge("BTB")
    return {
        "parameters_one": one.count_params(), "outputs": outputs,
        "parameters": both.count_params(),
        "parameters_dense": output.count_params(),
        "forwards": plain(sums()(x)),
        "backwards": plain(sums(go_backwards=True)(x)),
        "mul": plain(keras.layers.Bidirectional(sums(), merge_mode="mul")(x)),
        "p": np.array([unfinished[0], wrong[0]]),
        "next_unfinished": unfinished[1],
        "next_wrong": wrong[1],
        "strings": STRINGS,
        "from_zero": finish_all(np.zeros((1, 3))),
    }


def main():
    """Print all answers."""
    np.set_printoptions(formatter={"float": "{:z.4f}".format})
    for name, value in values().items():
        print(name, value)


if __name__ == "__main__":
    main()
