"""Answers: relu in a recurrent layer.

Run `python -m snippets.answers.relu` for the output of the page.
"""

# --8<-- [start:program]
import keras
import numpy as np


def states(activation):
    """Return 50 states of an LSTM of one unit that always reads 0.5."""
    lstm = keras.layers.LSTM(1, activation=activation, dtype="float64",
                             kernel_initializer="ones",
                             recurrent_initializer="ones",
                             return_sequences=True)
    return np.array(lstm(np.full((1, 50, 1), 0.5)))[0, :, 0]  # (T,)
# --8<-- [end:program]


STEPS = [1, 5, 10, 50]


def values():
    """Return the values that the page quotes, by name."""
    at = np.array(STEPS) - 1
    return {"tanh": states("tanh")[at], "relu": states("relu")[at],
            "relu_log": np.log10(states("relu")[at])}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("step  tanh    relu")
    for row in zip(STEPS, v["tanh"], 10**v["relu_log"]):
        print("{:4}  {:.4f}  {:.2e}".format(*row))


if __name__ == "__main__":
    main()
