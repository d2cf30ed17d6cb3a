"""Normalised inside the loop: an LSTM, as the paper has it.

Run `python -m snippets.normalisation.lstm_cell` for the output of the page.
Shapes: N samples, T steps, m inputs per step, u units.
Source: J. Ba, J. Kiros, G. Hinton, Layer normalization (2016), supplement.
"""

import keras
import numpy as np

from snippets.layers.dense import sigmoid
from snippets.inside_an_rnn_layer.cell import layer_of
from snippets.normalisation.miniature import layer_norm


# --8<-- [start:by_hand]
def normed_lstm(x, W, U, b, gamma_x, gamma_h, gamma_c, beta_c):
    """Return the states h (N, T, u) for x (N, T, m).

    W (m, 4u), U (u, 4u), b, gamma_x and gamma_h (4u,) hold i, f, c_new, o
    side by side; gamma_c and beta_c have (u,).
    """
    h = c = np.zeros((len(x), len(U)))                   # (N, u)
    states = []
    for t in range(x.shape[1]):
        z = (layer_norm(x[:, t] @ W, gamma_x)            # each part alone,
             + layer_norm(h @ U, gamma_h) + b)           # all 4u together
        z_i, z_f, z_c, z_o = np.split(z, 4, axis=-1)     # (N, u) each
        c = sigmoid(z_f) * c + sigmoid(z_i) * np.tanh(z_c)
        h = sigmoid(z_o) * np.tanh(layer_norm(c, gamma_c, beta_c))
        states.append(h)
    return np.stack(states, axis=1)                      # (N, T, u)
# --8<-- [end:by_hand]


# --8<-- [start:cell]
@keras.saving.register_keras_serializable(package="unrolled")
class NormedLSTMCell(keras.layers.LSTMCell):
    """Keras's LSTM cell, with three norms; its options are left out."""

    def build(self, input_shape):
        """Make the weights of an LSTM, then those of the norms."""
        super().build(input_shape)                       # W, U, b
        norm, u = keras.layers.LayerNormalization, self.units
        self.norm_x = norm(center=False, dtype=self.dtype_policy)
        self.norm_h = norm(center=False, dtype=self.dtype_policy)
        self.norm_c = norm(dtype=self.dtype_policy)
        self.norm_x.build((None, 4 * u))                 # gamma alone,
        self.norm_h.build((None, 4 * u))                 # as b is there
        self.norm_c.build((None, u))                     # gamma and beta

    def call(self, inputs, states, training=False):
        """Return the output (N, u) and the list of new states, h and c."""
        ops, (h, c) = keras.ops, states
        z = (self.norm_x(inputs @ self.kernel)
             + self.norm_h(h @ self.recurrent_kernel) + self.bias)
        z_i, z_f, z_c, z_o = ops.split(z, 4, axis=-1)    # (N, u) each
        c = ops.sigmoid(z_f) * c + ops.sigmoid(z_i) * ops.tanh(z_c)
        h = ops.sigmoid(z_o) * ops.tanh(self.norm_c(c))
        return h, [h, c]
# --8<-- [end:cell]


def draw(m=3, u=4, N=2, T=5):
    """Return inputs (N, T, m) and the seven weights."""
    rng = np.random.default_rng(0)
    shapes = (m, 4 * u), (u, 4 * u), 4 * u, 4 * u, 4 * u, u, u
    return (rng.normal(size=(N, T, m)),
            [rng.normal(size=shape) for shape in shapes])


def values():
    """Return the values that the page quotes, by name."""
    x, weights = draw()
    layer = layer_of(NormedLSTMCell(4), weights)
    plain = keras.layers.LSTM(4)
    plain.build((None, None, 3))
    h = normed_lstm(x, *weights)
    return {
        "parameters": layer.count_params(),
        "plain_parameters": plain.count_params(),
        "arrays": len(layer.get_weights()),
        "same": np.allclose(np.array(layer(x)), h, rtol=0, atol=1e-6),
    }


def main():
    """Print the parameters, with and without the norms."""
    v = values()
    print("# parameters")
    print("with norms:", v["parameters"], "in", v["arrays"], "arrays")
    print("without:   ", v["plain_parameters"])
    print("Keras and NumPy the same:", v["same"])


if __name__ == "__main__":
    main()
