"""Answers: units are how wide the state is, time steps how long the data.

Run `python -m snippets.answers.units_or_time_steps` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

layer = keras.layers.LSTM(8)              # u = 8 units
short = layer(np.zeros((2, 5, 3)))        # T = 5 steps of m = 3 numbers
long = layer(np.zeros((2, 100, 3)))       # T = 100, the same weights
shapes = [w.shape for w in layer.get_weights()]
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "short": tuple(short.shape), "long": tuple(long.shape),
        "kernel": shapes[0], "recurrent": shapes[1], "bias": shapes[2],
        "parameters": layer.count_params(),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("after 5 steps  ", v["short"])
    print("after 100 steps", v["long"])
    print("weights        ", v["kernel"], v["recurrent"], v["bias"])


if __name__ == "__main__":
    main()
