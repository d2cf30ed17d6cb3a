"""A masked step by hand: the state is carried over, the output repeated.

Run `python -m snippets.variable_lengths.step` for the outputs of the page.
"""

import keras
import numpy as np

from snippets.layers.gru import gru_step
from snippets.layers.lstm import lstm_step
from snippets.layers.simple_rnn import simple_rnn_step
from snippets.lstm.miniature import U, W, b, x


# --8<-- [start:cells]
def simple_rnn_cell(x, states, *weights):
    """Return the new states, [h]; h (N, u) is the output, too."""
    return [simple_rnn_step(x, *states, *weights)[1]]


def lstm_cell(x, states, *weights):
    """Return the new states, [h, c]."""
    *_, c, h = lstm_step(x, *states, *weights)
    return [h, c]


def gru_cell(x, states, *weights):
    """Return the new states, [h]."""
    return [gru_step(x, *states, *weights)[-1]]
# --8<-- [end:cells]


# --8<-- [start:masked]
def run_masked(cell, x, mask, states, *weights, zero_output=False):
    """Return the outputs (N, T, u) and the last states, (N, u) each.

    x is (N, T, m), mask (N, T), states what the layer starts with.
    """
    output = np.zeros_like(states[0])                  # nothing said yet
    outputs = []
    for t in range(x.shape[1]):
        real = mask[:, t, None]                        # (N, 1)
        new = cell(x[:, t], states, *weights)          # computed in any case
        states = [np.where(real, n, s) for n, s in zip(new, states)]
        other = np.zeros_like(output) if zero_output else output
        output = np.where(real, new[0], other)         # (N, u)
        outputs.append(output)
    return np.stack(outputs, axis=1), states
# --8<-- [end:masked]


# --8<-- [start:miniature]
mask = np.array([[True, False, True]])                 # (N, T) = (1, 3)
start = [np.zeros((1, 1)), np.zeros((1, 1))]           # h and c, (N, u) each
# --8<-- [end:miniature]


def keras_masked(mask, **options):
    """Return the outputs (T,) of Keras's LSTM, with a mask (1, T)."""
    layer = keras.layers.LSTM(1, return_sequences=True, **options)
    layer.build((None, 3, 1))
    layer.set_weights([W, U, b])
    return np.array(layer(x[None], mask=mask))[0, :, 0]


# --8<-- [start:both]
def both_ways(mask):
    """Return the outputs (T, 2) of a Bidirectional LSTM, and its states."""
    lstm = keras.layers.LSTM(1, return_sequences=True, return_state=True)
    layer = keras.layers.Bidirectional(lstm)
    layer.build((None, 3, 1))
    layer.set_weights([W, U, b] * 2)                   # forward and backward
    outputs, *states = layer(x[None], mask=mask)       # h, c, and h, c again
    return np.array(outputs)[0], np.array(states)[:, 0, 0]
# --8<-- [end:both]


def values():
    """Return the values that the page quotes, by name."""
    v = {}
    for name, kept in (("one", mask), ("all", np.array([[True] * 3])),
                       ("first", np.array([[False, True, True]]))):
        h, (_, c) = run_masked(lstm_cell, x[None], kept, start, W, U, b)
        v[f"h_{name}"], v[f"c_{name}"] = h[0, :, 0], c[0, 0]
    zeros, _ = run_masked(lstm_cell, x[None], mask, start, W, U, b,
                          zero_output=True)
    W_f, U_f, b_f = W[0, 1], U[0, 1], b[1]             # i, f, c, o: Part D
    z_f = x[2, 0] * W_f + v["h_one"][1] * U_f + b_f
    c_0 = run_masked(lstm_cell, x[None, :1], mask, start, W, U, b)[1][1]
    thrown = lstm_step(x[1], v["h_one"][:1], c_0[0], W, U, b)
    outputs, states = both_ways(mask)
    return v | {
        "W_f": W_f, "U_f": U_f, "b_f": b_f,
        "zeros": zeros[0, :, 0], "c_0": c_0[0, 0], "z_f": z_f,
        "c_thrown": thrown[4][0], "h_thrown": thrown[5][0],
        "keras": keras_masked(mask),
        "keras_zeros": keras_masked(mask, zero_output_for_mask=True),
        "both": outputs, "both_states": states,
        "without": run_masked(lstm_cell, x[None, [0, 2]], mask[:, [0, 2]],
                              start, W, U, b)[0][0, :, 0],
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# table")
    print("t  mask  Keras   NumPy   zeros   both ways")
    for t in range(3):
        print(f"{t}  {int(mask[0, t])}     {v['keras'][t]:z.4f}  "
              f"{v['h_one'][t]:z.4f}  {v['keras_zeros'][t]:z.4f}  "
              f"{v['both'][t][0]:z.4f}  {v['both'][t][1]:z7.4f}")


if __name__ == "__main__":
    main()
