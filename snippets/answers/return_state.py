"""Answers: what return_state returns.

Run `python -m snippets.answers.return_state` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

x = np.ones((2, 5, 3))                                # (N, T, m)
y, h, c = keras.layers.LSTM(4, return_state=True)(x)  # (2, 4) each
y_gru, h_gru = keras.layers.GRU(4, return_state=True)(x)

same = np.array_equal(y, h)
same_gru = np.array_equal(y_gru, h_gru)
cell_is_another = not np.allclose(h, c)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "h": tuple(h.shape), "c": tuple(c.shape),
        "same": same, "same_gru": same_gru, "another": cell_is_another,
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("h", v["h"], " c", v["c"])
    print("LSTM: y is h:", v["same"], " c is another:", v["another"])
    print("GRU:  y is h:", v["same_gru"])


if __name__ == "__main__":
    main()
