"""Answers: how many parameters an LSTM has.

Run `python -m snippets.answers.lstm_parameters` for its output.
"""

# --8<-- [start:program]
import keras

m, u = 4096, 256
layer = keras.layers.LSTM(u)
layer.build((None, None, m))             # any N, any T
by_formula = 4 * (m * u + u * u + u)     # kernel, recurrent kernel, bias
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"parameters": layer.count_params(), "by_formula": by_formula}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("parameters", v["parameters"])
    print("by formula", v["by_formula"])


if __name__ == "__main__":
    main()
