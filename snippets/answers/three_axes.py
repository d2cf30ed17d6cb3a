"""Answers: expected ndim=3, found ndim=2, and the axis that is missing.

Run `python -m snippets.answers.three_axes` for its output.
"""

import textwrap

# --8<-- [start:program]
import keras
import numpy as np

layer = keras.layers.LSTM(4, name="lstm")
sample = np.zeros((5, 3))        # one sample: (T, m), no N
series = np.zeros((2, 5))        # one number a step: (N, T), no m

try:
    layer(sample)
except ValueError as error:
    told = str(error)

one = layer(sample[None])                        # x (1, 5, 3)
many = keras.layers.LSTM(4)(series[..., None])   # x (2, 5, 1)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"told": told, "one": tuple(one.shape), "many": tuple(many.shape)}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print(textwrap.fill(v["told"], 66))
    print("one: ", v["one"])
    print("many:", v["many"])


if __name__ == "__main__":
    main()
