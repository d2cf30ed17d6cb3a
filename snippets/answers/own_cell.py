"""Answers: a cell of one's own that survives saving and copying.

Run `python -m snippets.answers.own_cell` for the output of the page.
"""

# --8<-- [start:program]
import keras
import numpy as np


@keras.saving.register_keras_serializable("mine")
class Counter(keras.layers.Layer):
    """A cell whose state grows by `by` at each step."""

    def __init__(self, by=1, **arguments):
        super().__init__(**arguments)
        self.by = by
        self.state_size = 1

    def call(self, inputs, states):
        """Return the output (N, 1) and the list of new states."""
        return states[0] + self.by, [states[0] + self.by]

    def get_config(self):
        """Return what a copy needs: leave out `by`, and it counts by 1."""
        return {**super().get_config(), "by": self.by}


layer = keras.layers.RNN(Counter(by=5))
copy = keras.layers.RNN.from_config(layer.get_config())
counted = copy(np.zeros((1, 3, 1)))               # (N, T, m) in, (N, 1) out
# --8<-- [end:program]


def copied(cell):
    """Return what a copy of a layer counts to in three steps."""
    again = keras.layers.RNN.from_config(keras.layers.RNN(cell).get_config())
    return np.array(again(np.zeros((1, 3, 1))))[0, 0]


@keras.saving.register_keras_serializable("mine")
class Forgetful(Counter):
    """The same without an argument in its get_config."""

    def get_config(self):
        """Return what each layer has, and nothing else."""
        return keras.layers.Layer.get_config(self)


def values():
    """Return the values that the page quotes, by name."""
    return {"kept": np.array(counted)[0, 0], "lost": copied(Forgetful(by=5))}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print(f"copied with get_config     {v['kept']:.0f}")
    print(f"without it                 {v['lost']:.0f}")


if __name__ == "__main__":
    main()
