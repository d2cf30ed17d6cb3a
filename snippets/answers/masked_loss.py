"""Answers: whether padding counts in the loss.

Run `python -m snippets.answers.masked_loss` for the output of the page.
"""

# --8<-- [start:program]
import keras
import numpy as np

adder = keras.layers.SimpleRNN(                 # its state is the sum so far
    1, activation="linear", kernel_initializer="ones",
    recurrent_initializer="ones", return_sequences=True)
x = np.array([[[1.0], [2.0], [0.0]]])           # (N, T, m): the last is padding
y = np.zeros((1, 3, 1))                         # (N, T, m'): the targets


def loss(*layers):
    """Return the mean squared error of a model of these layers."""
    model = keras.Sequential(layers)
    model.compile(loss="mse")
    return model.evaluate(x, y, verbose=0)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "outputs": np.array(adder(x)).ravel(),
        "masked": np.float32(loss(keras.layers.Masking(), adder)),
        "plain": np.float32(loss(adder)),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print(f"with Masking()  {v['masked']:.3f}")
    print(f"without         {v['plain']:.3f}")


if __name__ == "__main__":
    main()
