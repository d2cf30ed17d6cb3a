"""Inside an RNN layer: the cell, the loop, and the loop written out.

Run `python -m snippets.inside_an_rnn_layer.loop` for the page's outputs.
"""

import keras
import numpy as np

from snippets.inside_an_rnn_layer.model import U, W, b
from snippets.layers.simple_rnn import simple_rnn, simple_rnn_step
from snippets.reber.strings import one_hot

x = one_hot("BTSXS")[None]                         # (N, T, m) = (1, 5, 7)


# --8<-- [start:loop_over_cell]
def loop_over_cell(cell, x):
    """Return all states (N, T, u): a layer of any cell with one state."""
    states = [np.zeros((len(x), cell.state_size))]  # (N, u): nothing yet
    outputs = []
    for t in range(x.shape[1]):
        output, states = cell(x[:, t], states)     # (N, u) and a list
        outputs.append(output)
    return np.stack(outputs, axis=1)               # (N, T, u)


def cell_and_layer(x):
    """Return the states by our loop and by Keras's, (N, T, u) each."""
    layer = keras.layers.SimpleRNN(3, return_sequences=True)
    layer.build(x.shape)
    layer.set_weights([W, U, b])
    return loop_over_cell(layer.cell, x), np.array(layer(x))
# --8<-- [end:loop_over_cell]


# --8<-- [start:unrolled]
def unrolled(x):
    """Return all states (N, 5, u) for x (N, 5, m): no loop, five lines."""
    h = np.zeros((len(x), 3))                      # (N, u), and so are all
    _, h_0 = simple_rnn_step(x[:, 0], h, W, U, b)
    _, h_1 = simple_rnn_step(x[:, 1], h_0, W, U, b)
    _, h_2 = simple_rnn_step(x[:, 2], h_1, W, U, b)
    _, h_3 = simple_rnn_step(x[:, 3], h_2, W, U, b)
    _, h_4 = simple_rnn_step(x[:, 4], h_3, W, U, b)
    return np.stack([h_0, h_1, h_2, h_3, h_4], axis=1)
# --8<-- [end:unrolled]


# --8<-- [start:counts]
def counts(T):
    """Return how many parameters two layers have that read T symbols."""
    recurrent = keras.layers.SimpleRNN(3)
    recurrent.build((None, T, 7))
    flat = keras.layers.Dense(3)                   # all T symbols at once
    flat.build((None, T * 7))
    return recurrent.count_params(), flat.count_params()
# --8<-- [end:counts]


def values():
    """Return the values that the page quotes, by name."""
    h = simple_rnn(x, W, U, b)                     # (1, 5, u)
    by_loop, by_layer = cell_and_layer(x)
    lengths = np.array([1, 5, 50, 500])
    both = np.array([counts(T) for T in lengths])  # (4, 2)
    return {
        "h": h[0],
        "steps": x.shape[1],
        "loop_same": np.array_equal(unrolled(x), h),
        "cell_same": np.allclose(by_loop, by_layer, rtol=0, atol=1e-6),
        "keras_same": np.allclose(by_layer, h, rtol=0, atol=1e-6),
        "lengths": lengths,
        "parameters": both[:, 0],
        "parameters_flat": both[:, 1],
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z7.4f}".format})
    print("# loop")
    print(v["h"])
    print("our loop over the cell and Keras:", v["cell_same"])
    print("NumPy and Keras:", v["keras_same"])
    print("# unrolled")
    print("five lines and the loop:", v["loop_same"])


if __name__ == "__main__":
    main()
