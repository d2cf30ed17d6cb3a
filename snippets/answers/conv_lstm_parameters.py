"""Answers: how many parameters a ConvLSTM2D has, and what its units are.

Run `python -m snippets.answers.conv_lstm_parameters` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

f, k, c = 40, 3, 1               # filters, size of a filter, channels
layer = keras.layers.ConvLSTM2D(f, k, padding="same")
film = np.zeros((2, 5, 8, 8, c))             # (N, T, height, width, c)
y = layer(film)                              # (N, height, width, f)
by_formula = 4 * f * (k * k * (c + f) + 1)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "y": tuple(y.shape),
        "parameters": layer.count_params(), "by_formula": by_formula,
        "shapes": " ".join(str(w.shape) for w in layer.get_weights()),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("y          ", v["y"])
    print("weights    ", v["shapes"])
    print("parameters ", v["parameters"])
    print("by formula ", v["by_formula"])


if __name__ == "__main__":
    main()
