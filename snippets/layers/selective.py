"""A selective state space: one step, the loop, a cell and a scan for Keras.

Shapes: N samples, T steps, m inputs per step, u units, d numbers in the state
of each. Source: Gu and Dao (2023), https://arxiv.org/abs/2312.00752.
"""

import keras
import numpy as np
from keras import ops

from snippets.layers.scan import combine


# --8<-- [start:step]
def selective_step(v, delta, B, C, A, D, h):
    """Return the share that is kept, the new state and the output.

    v and delta (..., u) are what comes in and how much time it takes; B and C
    (..., d) say how it is written and read; A (u, d) and D (u,) are the
    same at each step; h (..., u, d) is the state before.
    """
    kept = np.exp(delta[..., None] * A)              # (..., u, d)
    written = (delta * v)[..., None] * B[..., None, :]
    h = kept * h + written                           # (..., u, d)
    y = (h * C[..., None, :]).sum(-1) + D * v        # (..., u)
    return kept, h, y
# --8<-- [end:step]


# --8<-- [start:loop]
def selective(v, delta, B, C, A, D):
    """Return kept, h (N, T, u, d) and y (N, T, u); all but A, D have T."""
    h, steps = np.zeros((len(v), *A.shape), v.dtype), []
    for t in range(v.shape[1]):
        step = selective_step(v[:, t], delta[:, t], B[:, t], C[:, t], A, D, h)
        h = step[1]                                  # to the next step
        steps.append(step)
    return [np.stack(all_t, axis=1) for all_t in zip(*steps)]
# --8<-- [end:loop]


# --8<-- [start:cell]
@keras.saving.register_keras_serializable(package="unrolled")
class SelectiveCell(keras.layers.Layer):
    """One step, for keras.layers.RNN; its state is h, (N, u d) in a row."""

    def __init__(self, units, d=2, **arguments):
        super().__init__(**arguments)
        self.units = self.output_size = units
        self.d, self.state_size = d, units * d

    def build(self, input_shape):
        """Make the weights for inputs (..., m)."""
        m, u, d = input_shape[-1], self.units, self.d
        shapes = {"W": (m, u), "W_delta": (m, u), "b_delta": (u,),
                  "W_B": (m, d), "W_C": (m, d), "log_A": (u, d), "D": (u,)}
        for name, shape in shapes.items():
            setattr(self, name, self.add_weight(shape=shape, name=name))
        time = np.geomspace(0.001, 0.1, u)           # a start for delta
        self.b_delta.assign(np.log(np.expm1(time)))  # softplus undoes this
        self.log_A.assign(np.tile(np.log(np.arange(1, d + 1)), (u, 1)))
        self.D.assign(np.ones(u))

    def parts(self, x):
        """Return v (..., u), kept and written (..., u, d), C (..., d)."""
        v = x @ self.W                               # (..., u)
        delta = ops.softplus(x @ self.W_delta + self.b_delta)
        kept = ops.exp(-delta[..., None] * ops.exp(self.log_A))
        written = (delta * v)[..., None] * (x @ self.W_B)[..., None, :]
        return v, kept, written, x @ self.W_C

    def read(self, v, C, h):
        """Return the output (..., u)."""
        return ops.sum(h * C[..., None, :], axis=-1) + self.D * v

    def call(self, inputs, states):
        """Return the output (N, u) and the list of the new state."""
        v, kept, written, C = self.parts(inputs)
        h = kept * ops.reshape(states[0], ops.shape(kept)) + written
        return self.read(v, C, h), [ops.reshape(h, ops.shape(states[0]))]

    def get_config(self):
        """Return the arguments that make a copy of this cell."""
        return {**super().get_config(), "units": self.units, "d": self.d}
# --8<-- [end:cell]


# --8<-- [start:scan]
@keras.saving.register_keras_serializable(package="unrolled")
class Selective(keras.layers.Layer):
    """The same for all steps at once: (N, T, m) to (N, T, u)."""

    def __init__(self, units, d=2, **arguments):
        super().__init__(**arguments)
        self.cell = SelectiveCell(units, d, dtype=self.dtype_policy)

    def build(self, input_shape):
        """Make the weights, which are the cell's."""
        self.cell.build(input_shape)

    def call(self, inputs):
        """Return the outputs of all steps."""
        v, kept, written, C = self.cell.parts(inputs)
        _, h = ops.associative_scan(combine, (kept, written), axis=1)
        h = ops.reshape(h, ops.shape(kept))          # (N, T, u, d), still
        return self.cell.read(v, C, h)
# --8<-- [end:scan]
