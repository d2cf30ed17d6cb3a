"""Answers: one dropout mask for all steps.

Run `python -m snippets.answers.dropout_mask` for the output of the page.
"""

# --8<-- [start:program]
import keras
import numpy as np


def sums(**dropout):
    """Return what a layer that adds makes of five ones, (N, T) = (4, 5)."""
    adder = keras.layers.SimpleRNN(
        1, activation="linear", kernel_initializer="ones",
        recurrent_initializer="ones", return_sequences=True, seed=1, **dropout)
    x = np.ones((4, 5, 1))                        # (N, T, m): four samples
    return np.array(adder(x, training=True))[..., 0]
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    lstm = keras.layers.LSTM(2, dropout=0.5, recurrent_dropout=0.5)
    return {
        "inputs": sums(dropout=0.5),
        "states": sums(recurrent_dropout=0.5),
        "lstm_masks": lstm.cell.dropout_mask_count,
    }


def main():
    """Print the outputs that the page shows."""
    v = values()
    for name in ("inputs", "states"):
        print("#", name)
        for row in v[name]:
            print(" ".join(f"{h:z2.0f}" for h in row))


if __name__ == "__main__":
    main()
