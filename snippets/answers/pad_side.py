"""Answers: padding before or after the sequence.

Run `python -m snippets.answers.pad_side` for the output of the page.
"""

# --8<-- [start:program]
import keras
import numpy as np

half = keras.initializers.Constant(0.5)
rnn = keras.layers.SimpleRNN(1, kernel_initializer="ones",
                             recurrent_initializer=half,
                             bias_initializer=half)


def last_states(side):
    """Return the last state for 1, -1 and two paddings: plain and masked."""
    x = keras.utils.pad_sequences([[1, -1]], maxlen=4, padding=side,
                                  dtype="float32")    # (N, T) = (1, 4)
    plain = rnn(x[..., None])                         # (N, u) = (1, 1)
    masked = rnn(x[..., None], mask=x != 0)           # (N, u) = (1, 1)
    return np.array([plain, masked]).ravel()
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "alone": np.array(rnn(np.array([[[1.0], [-1.0]]])))[0, 0],
        "pre": last_states("pre"),
        "post": last_states("post"),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    off = {side: abs(v[side][0] - v["alone"]) for side in ("pre", "post")}
    return {"after_worse": ("padding after moves it further",
                            off["post"] > 3 * off["pre"])}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("        plain    masked")
    for side in ("pre", "post"):
        print(f"{side:5}", *(f"{state:z8.4f}" for state in v[side]))
    print(f"alone {v['alone']:z8.4f}")


if __name__ == "__main__":
    main()
