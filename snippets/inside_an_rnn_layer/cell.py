"""Inside an RNN layer: cells of our own for keras.layers.RNN.

Run `python -m snippets.inside_an_rnn_layer.cell` for the page's outputs.
"""

import keras
import numpy as np

from snippets.inside_an_rnn_layer.loss import x
from snippets.inside_an_rnn_layer.model import U, W, b
from snippets.layers.simple_rnn import simple_rnn, simple_rnn_step


# --8<-- [start:own_cell]
@keras.saving.register_keras_serializable(package="unrolled")
class OwnCell(keras.layers.Layer):
    """A SimpleRNNCell from scratch: one step, no time axis."""

    def __init__(self, units, **arguments):
        super().__init__(**arguments)
        self.state_size = units                    # the loop makes zeros of it
        self.output_size = units                   # numbers in one output

    def build(self, input_shape):
        """Make the weights for inputs (N, m)."""
        m, u = input_shape[-1], self.state_size
        self.W = self.add_weight(shape=(m, u), name="W")
        self.U = self.add_weight(shape=(u, u), name="U",
                                 initializer="orthogonal")
        self.b = self.add_weight(shape=(u,), name="b", initializer="zeros")

    def call(self, inputs, states):
        """Return the output (N, u) and the list of new states."""
        h = states[0]                              # (N, u)
        z = inputs @ self.W + h @ self.U + self.b  # (N, u)
        h = keras.ops.tanh(z)
        return h, [h]                              # output, states

    def get_config(self):
        """Return the arguments that make a copy of this cell."""
        return {**super().get_config(), "units": self.state_size}
# --8<-- [end:own_cell]


# --8<-- [start:use]
def layer_of(cell, weights=(W, U, b), **arguments):
    """Return a layer that loops over the cell, with these weights."""
    layer = keras.layers.RNN(cell, return_sequences=True, **arguments)
    layer.build((None, None, len(weights[0])))     # (N, T, m)
    layer.set_weights(weights)
    return layer
# --8<-- [end:use]


# --8<-- [start:leaky_cell]
@keras.saving.register_keras_serializable(package="unrolled")
class LeakyCell(OwnCell):
    """Keeps the share 1 - a of its state: h = (1 - a) h + a tanh(...)."""

    def __init__(self, units, a=1.0, **arguments):
        super().__init__(units, **arguments)
        self.a = a

    def call(self, inputs, states):
        """Return the output (N, u) and the list of new states."""
        new, _ = super().call(inputs, states)      # what OwnCell would say
        h = (1 - self.a) * states[0] + self.a * new
        return h, [h]

    def get_config(self):
        """Return the arguments that make a copy of this cell."""
        return {**super().get_config(), "a": self.a}
# --8<-- [end:leaky_cell]


# --8<-- [start:leaky]
def leaky(x, W, U, b, a):
    """Return all states (N, T, u) of a leaky layer for x (N, T, m)."""
    h, states = np.zeros((len(x), len(U))), []     # (N, u)
    for t in range(x.shape[1]):
        _, new = simple_rnn_step(x[:, t], h, W, U, b)
        h = (1 - a) * h + a * new                  # (N, u)
        states.append(h)
    return np.stack(states, axis=1)                # (N, T, u)
# --8<-- [end:leaky]


# --8<-- [start:miniature]
MINI = np.array([[0.8]]), np.array([[0.5]]), np.array([0.1])  # Part B's
x_mini = np.array([[[1.0], [0.0], [-1.0]]])        # (N, T, m) = (1, 3, 1)
A = 0.5                                            # the share that is new
# --8<-- [end:miniature]


def values():
    """Return the values that the page quotes, by name."""
    own = layer_of(OwnCell(3))
    leaky_layer = layer_of(LeakyCell(1, a=A), MINI)
    by_keras = np.array(leaky_layer(x_mini))
    by_hand = leaky(x_mini, *MINI, a=A)
    h = by_hand[0, :, 0]
    new = np.tanh(0.8 * x_mini[0, :, 0] + 0.5 * np.append(0, h[:-1]) + 0.1)
    simple = keras.layers.SimpleRNN(3, return_sequences=True)
    simple.build((None, None, 7))
    simple.set_weights([W, U, b])
    states = np.array(own(x))
    return {
        "own_shape": np.array(states.shape),
        "own_same": np.abs(states - np.array(simple(x))).max() < 1e-6,
        "by_hand_same": np.allclose(states, simple_rnn(x, W, U, b),
                                    rtol=0, atol=1e-6),
        "parameters": own.count_params(),
        "W": MINI[0][0, 0], "U": MINI[1][0, 0], "b": MINI[2][0], "a": A,
        "x": x_mini[0, :, 0],
        "leaky": h, "new": new, "kept": (1 - A) * np.append(0, h[:-1]),
        "written": A * new,
        "plain": simple_rnn(x_mini, *MINI)[0, :, 0],
        "leaky_same": np.allclose(by_keras, by_hand, rtol=0, atol=1e-6),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"same": ("one millionth", v["own_same"] and v["by_hand_same"])}


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# own")
    print("shape:", tuple(map(int, v["own_shape"])))
    print("parameters:", v["parameters"])
    print("the same as SimpleRNN:", v["own_same"])
    print("the same as NumPy:", v["by_hand_same"])
    print("# leaky")
    print("t   new state    leaky")
    for t, row in enumerate(zip(v["new"], v["leaky"])):
        print(t, "".join(f"{number:z11.4f}" for number in row))
    print("Keras and NumPy the same:", v["leaky_same"])


if __name__ == "__main__":
    main()
