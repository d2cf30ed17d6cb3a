"""Part B, states: which of them Keras returns, and where they start.

Run `python -m snippets.simple_rnn.states` for the outputs of the page.
"""

import keras
import numpy as np

from snippets.layers.simple_rnn import simple_rnn_from
from snippets.simple_rnn.by_hand import x_six
from snippets.simple_rnn.model import U, W, b, predict, x_new


# --8<-- [start:layer]
def layer(**arguments):
    """Return a SimpleRNN of five units with the weights of the page."""
    rnn = keras.layers.SimpleRNN(5, **arguments)
    rnn.build((None, None, 3))                     # (N, T, m)
    rnn.set_weights([W, U, b])
    return rnn
# --8<-- [end:layer]


# --8<-- [start:returns]
def returned():
    """Return what the layer gives back for x_new, under each setting."""
    return {
        "neither": layer()(x_new),
        "return_sequences": layer(return_sequences=True)(x_new),
        "return_state": layer(return_state=True)(x_new),
        "both": layer(return_sequences=True, return_state=True)(x_new),
    }
# --8<-- [end:returns]


# --8<-- [start:in_two]
def in_two_pieces(x, cut):
    """Return the states (N, T, 5) of x, read up to `cut` and on from there."""
    rnn = layer(return_sequences=True, return_state=True)
    first, state = rnn(x[:, :cut])
    second, _ = rnn(x[:, cut:], initial_state=state)
    return np.concatenate([first, second], axis=1)
# --8<-- [end:in_two]


def values():
    """Return the values that the page quotes, by name."""
    found = returned()
    output, state = (np.array(part) for part in found["return_state"])
    sequence, last = (np.array(part) for part in found["both"])
    whole = np.array(layer(return_sequences=True)(x_six))
    by_hand = simple_rnn_from(x_six, np.zeros((1, 5)), W, U, b)
    cut = in_two_pieces(x_six, 2)
    forgot = np.array(layer(return_sequences=True)(x_six[:, 2:]))
    eight = predict(np.tile(x_six, (2, 2, 1))[:, :8])
    return {
        "last": output[0],
        "state_is_output": np.array_equal(output, state),
        "state_is_last_of_sequence": np.array_equal(sequence[:, -1], last),
        "two_pieces": np.allclose(cut, whole, rtol=0, atol=1e-6),
        "by_hand": np.allclose(by_hand, whole, rtol=0, atol=1e-6),
        "two_pieces_forgot": np.allclose(forgot, whole[:, 2:], atol=1e-6),
        "one": predict(x_new[:, :1])[0],
        "eight": eight[0],
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z.4f}".format})
    print("# returned")
    for name, result in returned().items():
        parts = result if isinstance(result, (list, tuple)) else [result]
        print(f"{name:17}", *[tuple(part.shape) for part in parts])
    print("# state")
    print(v["last"])
    print("output and state are equal:", v["state_is_output"])
    print("the state is the last of the sequence:",
          v["state_is_last_of_sequence"])
    print("# in_two")
    print("in two pieces as in one:", v["two_pieces"])
    print("with the state forgotten in between:", v["two_pieces_forgot"])
    print("by hand as with Keras:", v["by_hand"])
    print("# eight")
    print(v["eight"])


if __name__ == "__main__":
    main()
