"""The RNN API, errors: wrong calls, and what Keras says to them.

Run `python -m snippets.rnn_api.errors` for the outputs that the page shows.
"""

import re
import textwrap

import numpy as np
from keras import Sequential
from keras.layers import LSTM, Bidirectional, Dense, RepeatVector
from keras.losses import BinaryCrossentropy

from snippets.rnn_api.arrays import batch

# --8<-- [start:names]
x = batch(["BTXSE", "BPVVE"])            # (N, T, m) = (2, 5, 7)
codes = x.argmax(axis=-1)                # (N, T) = (2, 5): 0 to 6
zero = np.zeros((2, 4))                  # (N, u): a state of four units
lstm = LSTM(4, return_state=True)
outputs = lstm(x)                        # h, h and c: (2, 4) each
# --8<-- [end:names]

CALLS = {
    "two_axes": "LSTM(4)(x[0])",
    "codes": "LSTM(4)(codes)",
    "lengths": "batch(['BTXSE', 'BTSXSE'])",
    "stack": "Sequential([LSTM(4), LSTM(6, name='upper')])(x)",
    "repeat": "RepeatVector(3)(x)",
    "last_axis": "lstm(x[:, :, :3])",
    "keyword": "LSTM(4, return_states=True)",
    "three": "Sequential([LSTM(4, return_state=True), Dense(1)])(x)",
    "one_state": "LSTM(4)(x, initial_state=zero)",
    "all_three": "LSTM(4)(x, initial_state=outputs)",
    "units": "LSTM(6)(x, initial_state=outputs[1:])",
    "samples": "LSTM(4)(x[[0, 1, 0]], initial_state=outputs[1:])",
    "two_ways": "Bidirectional(LSTM(4))(x, initial_state=outputs[1:])",
    "backwards": "Bidirectional(LSTM(4, go_backwards=True))",
    "loss": "BinaryCrossentropy()(np.ones((2, 1)), np.ones((2, 5, 1)))",
}

# What a text says of the one call only: colours, TensorFlow's nodes, names
# counted up, and the arguments that Keras received.
COUNTED = r"_\d+(?=['\"])"
LEFT_OUT = (r"\x1b\[[\d;]*m", r"\{\{.*?\}\}", r"name: *$", COUNTED,
            r"(?s)(Arguments|Inputs) received.*")


def words(error, left_out=LEFT_OUT):
    """Return what an error says in one line, without some of its parts."""
    text = str(error)
    for pattern in left_out:
        text = re.sub(pattern, "", text, flags=re.M)
    return f"{type(error).__name__}: {' '.join(text.split())}"


def said(call):
    """Return the error of a call in one line, or "" if there is none."""
    try:
        eval(call)
    except Exception as error:
        return words(error)
    return ""


def values():
    """Return the values that the page quotes, by name."""
    return {name: np.array(said(call)) for name, call in CALLS.items()}


def main():
    """Print each wrong call and its error, below its name."""
    v = values()
    for name, call in CALLS.items():
        print("#", name)
        print(">>>", call)
        print(textwrap.fill(str(v[name]), 42, break_on_hyphens=False))


if __name__ == "__main__":
    main()
