"""Answers: the order of get_weights() in a class of one's own.

Run `python -m snippets.answers.order_of_arrays` for its output.
"""

# --8<-- [start:program]
import keras
from keras import layers

class Model(keras.Model):
    """A GRU, and a Dense that is made before it and called after it."""

    def __init__(self):
        super().__init__()
        self.out = layers.Dense(2)
        self.rnn = layers.GRU(2)

    def call(self, x):
        return self.out(self.rnn(x))

own = Model()
own(keras.ops.zeros((1, 5, 2)))                  # now it has its arrays
stack = keras.Sequential([
    keras.Input((None, 2)), layers.GRU(2), layers.Dense(2)])
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        name: " ".join(str(array.shape) for array in model.get_weights())
        for name, model in {"own": own, "stack": stack}.items()
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("own  ", v["own"])
    print("stack", v["stack"])


if __name__ == "__main__":
    main()
