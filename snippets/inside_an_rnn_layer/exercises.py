"""Inside an RNN layer: what the answers to the exercises quote.

Run `python -m snippets.inside_an_rnn_layer.exercises` to see them.
"""

import keras
import numpy as np

from snippets.inside_an_rnn_layer.loss import losses_of_states, next_symbols
from snippets.inside_an_rnn_layer.model import U, W, b
from snippets.layers.simple_rnn import simple_rnn
from snippets.reber.strings import one_hot


# --8<-- [start:counter]
class Counter(keras.layers.Layer):
    """A cell whose output is the number of steps so far."""

    state_size = output_size = 1

    def call(self, inputs, states):
        """Return the count (N, 1) and the list that holds it."""
        count = states[0] + 1                      # (N, 1)
        return count, [count]
# --8<-- [end:counter]


def values():
    """Return the values that the page quotes, by name."""
    stack = keras.Sequential([
        keras.Input((None, 7)),
        keras.layers.SimpleRNN(3, return_sequences=True),
        keras.layers.SimpleRNN(3),
    ])
    lstm = keras.layers.LSTM(10)
    lstm.build((32, None, 7))
    kernel, recurrent, bias = lstm.get_weights()
    uniform = -np.log(1 / 7)
    h = simple_rnn(one_hot("BTPXS")[None], W, U, b)
    counted = keras.layers.RNN(Counter())(one_hot("BTSXSE")[None])
    first, second = stack.layers
    return {
        "first_layer": first.count_params(),
        "second_layer": second.count_params(),
        "two_layers": stack.count_params(),
        "uniform": uniform,
        "uniform_sum": len("TSXSE") * uniform,     # what follows the B
        "rows": len(kernel) + len(recurrent),
        "columns": kernel.shape[1], "biases": len(bias),
        "parameters": lstm.count_params(),
        "L_illegal": losses_of_states(h, next_symbols("BTPXSE"))[0],
        "counted": int(counted[0, 0]),
    }


def main():
    """Print the numbers of the answers."""
    for name, value in values().items():
        print(name, np.round(value, 4))


if __name__ == "__main__":
    main()
