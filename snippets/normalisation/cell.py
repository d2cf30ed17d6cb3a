"""Normalised inside the loop: a simple RNN with a norm in its cell.

Run `python -m snippets.normalisation.cell` for the outputs of the page.
Shapes: N samples, T steps, m inputs per step, u units.
Source: J. Ba, J. Kiros, G. Hinton, Layer normalization (2016), equation 4.
"""

import tempfile
from pathlib import Path

import keras
import numpy as np

from snippets.inside_an_rnn_layer.cell import layer_of
from snippets.layers.simple_rnn import simple_rnn
from snippets.normalisation.miniature import layer_norm

# --8<-- [start:weights]
W = np.array([[0.8, -0.4, 0.2]])             # (m, u) = (1, 3)
U = np.array([[0.0, 0.5, 0.0],               # (u, u): each unit reads
              [0.0, 0.0, 0.5],               # the one to its left, and
              [0.5, 0.0, 0.0]])              # the first the last
gamma, beta = np.ones(3), np.zeros(3)        # (u,) each, as they begin

x = np.array([[[1.0], [0.0], [0.0]]])        # (N, T, m) = (1, 3, 1)
# --8<-- [end:weights]


# --8<-- [start:by_hand]
def normed_rnn(x, W, U, gamma, beta, epsilon=0.001):
    """Return the sums z, z normalised, and the states, (N, T, u) each."""
    h, steps = np.zeros((len(x), len(U))), []            # (N, u)
    for t in range(x.shape[1]):
        z = x[:, t] @ W + h @ U                          # (N, u)
        n = layer_norm(z, gamma, beta, epsilon)          # (N, u)
        h = np.tanh(n)
        steps.append([z, n, h])
    return np.stack(steps, axis=2)                       # (3, N, T, u)
# --8<-- [end:by_hand]


# --8<-- [start:cell]
@keras.saving.register_keras_serializable(package="unrolled")
class NormedCell(keras.layers.Layer):
    """A SimpleRNNCell that normalises the sum before the tanh."""

    def __init__(self, units, epsilon=0.001, **arguments):
        super().__init__(**arguments)
        self.state_size = units
        self.epsilon = epsilon
        self.norm = keras.layers.LayerNormalization(
            epsilon=epsilon, dtype=self.dtype_policy)

    def build(self, input_shape):
        """Make the weights for inputs (N, m)."""
        m, u = input_shape[-1], self.state_size
        self.W = self.add_weight(shape=(m, u), name="W")
        self.U = self.add_weight(shape=(u, u), name="U",
                                 initializer="orthogonal")
        self.norm.build((None, u))                   # gamma and beta, (u,)

    def call(self, inputs, states):
        """Return the output (N, u) and the list of new states."""
        z = inputs @ self.W + states[0] @ self.U     # (N, u)
        h = keras.ops.tanh(self.norm(z))
        return h, [h]

    def get_config(self):
        """Return the arguments that make a copy of this cell."""
        return {**super().get_config(), "units": self.state_size,
                "epsilon": self.epsilon}
# --8<-- [end:cell]


def saved(layer, x):
    """Return whether a model of the layer gives the same from a file."""
    model = keras.Sequential([keras.Input((None, x.shape[-1])), layer])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "normed.keras"
        model.save(path)
        copy = keras.models.load_model(path)
    return np.array_equal(np.array(model(x)), np.array(copy(x)))


def values():
    """Return the values that the page quotes, by name."""
    z, n, h = normed_rnn(x, W, U, gamma, beta)[:, 0]     # (T, u) each
    layer = layer_of(NormedCell(3), [W, U, gamma, beta])
    plain = keras.layers.SimpleRNN(3)
    plain.build((None, None, 1))
    z_0 = z[0]
    longer = np.pad(x, ((0, 0), (0, 47), (0, 0)))    # 50 steps
    return {
        "z": z, "n": n, "h": h, "mean_0": z_0.mean(),
        "off_0": z_0 - z_0.mean(), "variance_0": z_0.var(),
        "size_0": np.sqrt(z_0.var() + 0.001),
        "larger": normed_rnn(100 * x, W, U, gamma, beta)[2, 0, 0],
        "steps": longer.shape[1],
        "longest": normed_rnn(longer, W, U, gamma, beta)[2, 0, -1].max(),
        "plain_longest": simple_rnn(longer, W, U, beta)[0, -1].max(),
        "same": np.allclose(np.array(layer(x))[0], h, rtol=0, atol=1e-6),
        "saved": saved(layer, x), "parameters": layer.count_params(),
        "plain_parameters": plain.count_params(),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"faded": ("less than a trillionth", v["plain_longest"] < 1e-12)}


def main():
    """Print every number of the three steps."""
    v = values()
    print("# steps")
    print("t            sum z               normalised                state")
    for t in range(3):
        print(t, "  ".join("".join(f"{a:z8.4f}" for a in v[name][t])
                           for name in ("z", "n", "h")))
    print("Keras and NumPy the same:", v["same"])
    print("the same after saving and loading:", v["saved"])


if __name__ == "__main__":
    main()
