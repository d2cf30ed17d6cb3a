"""The sLSTM of xLSTM: one step, the loop, and a cell for Keras.

Shapes: N samples, T steps, m inputs per step, u units. The state m is another
m: the stabiliser. Source: Beck et al. (2024), https://arxiv.org/abs/2405.04517.
"""

import keras
import numpy as np
from keras import ops

from snippets.layers.dense import sigmoid


# --8<-- [start:plain]
def plain_slstm_step(x, h, c, n, W, U, b):
    """Return i, f, c_new, o, c, n, h (..., u) as the equations say.

    x (..., m) is the input of the step; h, c and n (..., u) are the states
    before it; W (m, 4u), U (u, 4u), b (4u,): i, f, c_new, o side by side.
    """
    z_i, z_f, z_c, z_o = np.split(x @ W + h @ U + b, 4, axis=-1)
    i = np.exp(z_i)                                  # how much to write
    f = sigmoid(z_f)                                 # how much to keep
    c_new, o = np.tanh(z_c), sigmoid(z_o)            # what; how much to show
    c = f * c + i * c_new                            # the new cell
    n = f * n + i                                    # the weights in it
    return i, f, c_new, o, c, n, o * c / n           # (..., u) each
# --8<-- [end:plain]


# --8<-- [start:step]
def slstm_step(x, h, c, n, m, W, U, b):
    """Return i, f, c_new, o, c, n, m, h (..., u), safe from overflow.

    Here c and n, and so i and f, are those above divided by e to the m.
    """
    z_i, z_f, z_c, z_o = np.split(x @ W + h @ U + b, 4, axis=-1)
    log_f = -np.logaddexp(0, -z_f)                   # the log of sigmoid(z_f)
    m_new = np.maximum(log_f + m, z_i)               # the larger exponent
    i = np.exp(z_i - m_new)                          # one of i and f is 1,
    f = np.exp(log_f + m - m_new)                    # the other at most 1
    c_new, o = np.tanh(z_c), sigmoid(z_o)
    c = f * c + i * c_new
    n = f * n + i
    return i, f, c_new, o, c, n, m_new, o * c / n
# --8<-- [end:step]


# --8<-- [start:loop]
def slstm(x, W, U, b, step=slstm_step):
    """Return all that step returns, (N, T, u) each, for x (N, T, m)."""
    h = np.zeros((len(x), len(U)), x.dtype)          # (N, u): nothing yet
    states = [h, h]                                  # c and n
    if step is slstm_step:
        states.append(h - np.inf)                    # m: no exponent yet
    steps = []
    for t in range(x.shape[1]):
        all_of_it = step(x[:, t], h, *states, W, U, b)
        *states, h = all_of_it[4:]                   # to the next step
        steps.append(all_of_it)
    return np.stack(steps, axis=2)                   # (7 or 8, N, T, u)
# --8<-- [end:loop]


# --8<-- [start:cell]
@keras.saving.register_keras_serializable(package="unrolled")
class SLSTMCell(keras.layers.Layer):
    """One step, for keras.layers.RNN; its states are h, c, n and m."""

    def __init__(self, units, **arguments):
        super().__init__(**arguments)
        self.units = self.output_size = units
        self.state_size = [units] * 4

    def build(self, input_shape):
        """Make the weights for inputs (N, m); they start as an LSTM's do."""
        m, u = input_shape[-1], self.units
        self.W = self.add_weight(shape=(m, 4 * u), name="W")
        self.U = self.add_weight(shape=(u, 4 * u), name="U",
                                 initializer="orthogonal")
        self.b = self.add_weight(shape=(4 * u,), name="b",
                                 initializer="zeros")
        self.b.assign(np.repeat([0.0, 1.0, 0.0, 0.0], u))

    def get_initial_state(self, batch_size):
        """Return h, c, n: zeros, and m: no exponent yet. (N, u) each."""
        zeros = ops.zeros((batch_size, self.units), self.compute_dtype)
        return [zeros, zeros, zeros, zeros - np.inf]

    def call(self, inputs, states):
        """Return the output h (N, u) and the list of new states."""
        h, c, n, m = states
        z = inputs @ self.W + h @ self.U + self.b    # (N, 4u)
        z_i, z_f, z_c, z_o = ops.split(z, 4, axis=-1)
        kept = m - ops.softplus(-z_f)                # log f + m
        m = ops.maximum(kept, z_i)                   # (N, u)
        i, f = ops.exp(z_i - m), ops.exp(kept - m)
        c = f * c + i * ops.tanh(z_c)
        n = f * n + i
        h = ops.sigmoid(z_o) * c / n
        return h, [h, c, n, m]

    def get_config(self):
        """Return the arguments that make a copy of this cell."""
        return {**super().get_config(), "units": self.units}
# --8<-- [end:cell]
