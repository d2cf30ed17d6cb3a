"""Answers: the states of Bidirectional, and in which order they come.

Run `python -m snippets.answers.bidirectional_states` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")
both = keras.layers.Bidirectional(keras.layers.LSTM(4, return_state=True))
y, *states = both(x)                 # y (N, 2u) = (2, 8)
fh, fc, bh, bc = states              # (2, 4) each: forward, backward

joined = np.array_equal(y, np.concatenate([fh, bh], axis=1))
h = np.concatenate([fh, bh], axis=1)     # for a decoder of 2u units
c = np.concatenate([fc, bc], axis=1)
decoded = keras.layers.LSTM(8)(x, initial_state=[h, c])
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "y": tuple(y.shape), "states": len(states),
        "state": tuple(fh.shape), "joined": joined,
        "arrays": len(both.get_weights()), "parameters": both.count_params(),
        "decoded": tuple(decoded.shape),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("y", v["y"])
    print("states:", v["states"], "of shape", v["state"])
    print("y is fh beside bh:", v["joined"])


if __name__ == "__main__":
    main()
