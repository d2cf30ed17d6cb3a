"""The time mixing of RWKV-4 for Keras: a cell, and a layer that scans.

Shapes: N samples, T steps, m inputs per step, u units. The state m is another
m: a running maximum. Source: Peng et al. (2023),
https://arxiv.org/abs/2305.13048, where W_o is W_r and W_y is W_o.
"""

import keras
import numpy as np
from keras import ops


# --8<-- [start:pairs]
def joined(left, right):
    """Return what two neighbouring stretches of steps are together.

    A stretch is (log of its decay, m, c, n), tensors of the same shape.
    """
    (d1, m1, c1, n1), (d2, m2, c2, n2) = left, right
    m = ops.maximum(m1 + d2, m2)
    old, new = ops.exp(m1 + d2 - m), ops.exp(m2 - m)
    return d1 + d2, m, old * c1 + new * c2, old * n1 + new * n2


def read(k, v, c, n, m, beta):
    """Return wkv: the mean of what was summed before, and of v."""
    top = ops.maximum(m, beta + k)
    old, now = ops.exp(m - top), ops.exp(beta + k - top)
    return (old * c + now * v) / (old * n + now)
# --8<-- [end:pairs]


# --8<-- [start:cell]
@keras.saving.register_keras_serializable(package="unrolled")
class TimeMixingCell(keras.layers.Layer):
    """One step, for keras.layers.RNN; its states are x before, c, n and m."""

    def __init__(self, units, **arguments):
        super().__init__(**arguments)
        self.units = self.output_size = units
        self.state_size = [units] * 4                # the first will be m

    def build(self, input_shape):
        """Make the weights for inputs (..., m)."""
        m, u = input_shape[-1], self.units
        self.state_size = [m, u, u, u]
        one = {"initializer": "zeros", "shape": (u,)}
        self.mu = self.add_weight(shape=(3, m), name="mu",
                                  initializer="ones")
        self.W = [self.add_weight(shape=(m, u), name=f"W_{of}")
                  for of in "okv"]
        self.log_w = self.add_weight(name="log_w", **one)
        self.beta = self.add_weight(name="beta", **one)
        self.W_y = self.add_weight(shape=(u, u), name="W_y")
        self.mu.assign(self.mu / 2)                  # half new, half before
        self.log_w.assign(np.linspace(-5, 1, u))     # long and short memory

    def get_initial_state(self, batch_size):
        """Return what there is before the first step."""
        x, *zeros = [ops.zeros((batch_size, size), self.compute_dtype)
                     for size in self.state_size]
        return [x, *zeros[:2], zeros[2] - np.inf]

    def mixed(self, x, before):
        """Return o, k and v (..., u): each sees both steps' inputs (..., m)."""
        return [(self.mu[part] * x + (1 - self.mu[part]) * before) @ W
                for part, W in enumerate(self.W)]

    def call(self, inputs, states):
        """Return the output (N, u) and the list of new states."""
        before, c, n, m = states
        o, k, v = self.mixed(inputs, before)
        wkv = read(k, v, c, n, m, self.beta)
        now = 0 * k - ops.exp(self.log_w), k, v, ops.ones_like(k)
        _, m, c, n = joined((0 * k, m, c, n), now)
        return (ops.sigmoid(o) * wkv) @ self.W_y, [inputs, c, n, m]

    def get_config(self):
        """Return the arguments that make a copy of this cell."""
        return {**super().get_config(), "units": self.units}
# --8<-- [end:cell]


# --8<-- [start:scan]
@keras.saving.register_keras_serializable(package="unrolled")
class TimeMixing(keras.layers.Layer):
    """The same for all steps at once: (N, T, m) to (N, T, u)."""

    def __init__(self, units, **arguments):
        super().__init__(**arguments)
        self.cell = TimeMixingCell(units, dtype=self.dtype_policy)

    def build(self, input_shape):
        """Make the weights, which are the cell's."""
        self.cell.build(input_shape)

    def call(self, inputs):
        """Return the outputs of all steps."""
        shifted = ops.pad(inputs[:, :-1], [(0, 0), (1, 0), (0, 0)])
        o, k, v = self.cell.mixed(inputs, shifted)
        steps = 0 * k - ops.exp(self.cell.log_w), k, v, ops.ones_like(k)
        _, m, c, n = ops.associative_scan(joined, steps, axis=1)
        wkv = ops.concatenate([v[:, :1],             # nothing was there
            read(k[:, 1:], v[:, 1:], c[:, :-1], n[:, :-1], m[:, :-1],
                 self.cell.beta)], axis=1)
        return (ops.sigmoid(o) * wkv) @ self.cell.W_y
# --8<-- [end:scan]
