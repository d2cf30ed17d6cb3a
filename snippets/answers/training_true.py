"""Answers: what training=True does to a recurrent layer.

Run `python -m snippets.answers.training_true` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.ones((1, 5, 16))                          # (N, T, m)
layer = keras.layers.LSTM(8, dropout=0.5)

quiet = np.array_equal(layer(x), layer(x))       # as predict() does
loud = np.array_equal(layer(x, training=True), layer(x, training=True))
answers = [layer(x, training=True) for _ in range(20)]
spread = np.std(answers, axis=0)                 # (N, u): how unsure
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"quiet": quiet, "loud": loud, "answers": len(answers)}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("called twice, the same:            ", v["quiet"])
    print("with training=True, twice the same:", v["loud"])


if __name__ == "__main__":
    main()
