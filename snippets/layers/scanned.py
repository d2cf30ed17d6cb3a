"""Layers of Keras that scan: minGRU, as a cell too, minLSTM, linear attention.

Sources: Feng et al., Were RNNs all we needed? (2024); the Keras documentation
of RNN and associative_scan.
"""

import keras
from keras import ops

from snippets.layers.scan import combine


# --8<-- [start:cell]
class MinGRUCell(keras.layers.Layer):
    """One step of a minGRU, for keras.layers.RNN; weights packed z, h."""

    def __init__(self, units, **arguments):
        super().__init__(**arguments)
        self.units = self.state_size = units

    def build(self, shape):
        """Make W (m, 2u) and b (2u,)."""
        m, u = shape[-1], self.units
        self.W = self.add_weight(shape=(m, 2 * u), initializer="glorot_uniform")
        self.b = self.add_weight(shape=(2 * u,), initializer="zeros")

    def call(self, inputs, states):
        """Return the new h (N, u), once as output and once as state."""
        p_z, p_h = ops.split(inputs @ self.W + self.b, 2, axis=-1)  # (N, u)
        z = ops.sigmoid(p_z)                                        # (N, u)
        h = z * states[0] + (1 - z) * p_h                           # (N, u)
        return h, [h]
# --8<-- [end:cell]


# --8<-- [start:layer]
class MinGRU(keras.layers.Layer):
    """All states (N, T, u) of the same minGRU, without a loop over steps."""

    blocks = 2                                                # z, h

    def __init__(self, units, **arguments):
        super().__init__(**arguments)
        self.units = units

    def build(self, shape):
        """Make W (m, blocks u) and b (blocks u,)."""
        m, width = shape[-1], self.blocks * self.units
        self.W = self.add_weight(shape=(m, width), initializer="glorot_uniform")
        self.b = self.add_weight(shape=(width,), initializer="zeros")

    def pairs(self, z_and_h):
        """Return a and d of h_t = a_t h + d_t, (N, T, u) each."""
        z, h_new = z_and_h
        z = ops.sigmoid(z)                                    # (N, T, u)
        return z, (1 - z) * h_new

    def call(self, x):
        """Return h (N, T, u) of x (N, T, m)."""
        parts = ops.split(x @ self.W + self.b, self.blocks, axis=-1)
        a, d = self.pairs(parts)                              # (N, T, u)
        _, h = ops.associative_scan(combine, (a, d), axis=1)
        return ops.reshape(h, ops.shape(d))       # TensorFlow forgot it
# --8<-- [end:layer]


# --8<-- [start:min_lstm]
class MinLSTM(MinGRU):
    """A minLSTM: one more block, and other shares. Weights packed i, f, h."""

    blocks = 3

    def pairs(self, i_f_and_h):
        """Return a = f' and d = i' h_new, (N, T, u) each."""
        i, f, h_new = i_f_and_h
        i, f = ops.sigmoid(i), ops.sigmoid(f)                 # (N, T, u)
        return f / (i + f), i / (i + f) * h_new
# --8<-- [end:min_lstm]


# --8<-- [start:attention]
class LinearAttention(keras.layers.Layer):
    """Linear attention over all steps before: (N, T, m) to (N, T, u)."""

    def __init__(self, units, **arguments):
        super().__init__(**arguments)
        self.units = units

    def build(self, shape):
        """Make W (m, 3u), packed q, k, v."""
        self.W = self.add_weight(shape=(shape[-1], 3 * self.units),
                                 initializer="glorot_uniform")

    def call(self, x):
        """Return y (N, T, u) of x (N, T, m)."""
        q, k, v = ops.split(x @ self.W, 3, axis=-1)     # (N, T, u) each
        q, k = ops.elu(q) + 1, ops.elu(k) + 1           # (N, T, u) each
        S = ops.cumsum(k[..., None] * v[:, :, None], axis=1)  # (N, T, u, u)
        n = ops.cumsum(k, axis=1)                       # (N, T, u)
        y = ops.einsum("ntk,ntkv->ntv", q, S)           # (N, T, u)
        return y / ops.sum(q * n, axis=-1, keepdims=True)
# --8<-- [end:attention]


# --8<-- [start:outputs]
def outputs(layer, x, *weights):
    """Return what a layer gives for x (N, T, m), with these weights."""
    layer.build(x.shape)
    layer.set_weights(weights)            # the order of get_weights()
    return ops.convert_to_numpy(layer(x))
# --8<-- [end:outputs]
