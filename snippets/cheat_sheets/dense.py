"""Dense and TimeDistributed on one page: arguments, mistakes, other programs.

Run `python -m snippets.cheat_sheets.dense` for the answers.
Shapes: m inputs, u units. Sources: the documentation of Keras, of PyTorch
and of ONNX, and tf.layers of TensorFlow 1.
"""

import keras
import numpy as np

from snippets.layers.dense import sigmoid
from snippets.time_distributed.model import bias, six_steps, w


# --8<-- [start:defaults]
def dense(units):
    """Return the layer, with Keras's defaults."""
    return keras.layers.Dense(
        units, activation=None, use_bias=True,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros")
# --8<-- [end:defaults]


# --8<-- [start:wrapper]
def at_each_step(layer):
    """Return the wrapper, which has no others."""
    return keras.layers.TimeDistributed(layer)
# --8<-- [end:wrapper]


# --8<-- [start:pytorch]
def to_pytorch(W, b):
    """Return weight and bias."""
    return W.T, b
# --8<-- [end:pytorch]


def values():
    """Return the values that the page quotes, by name."""
    layer = dense(4)
    layer.build((None, 3))
    x = six_steps[1]
    z = w * x + bias
    return {
        "parameters": layer.count_params(),
        "xW": w * x,
        "right": sigmoid(z),
        "linear": z,
        "tanh": np.tanh(z),
        "no_bias": sigmoid(w * x),
        "bias_twice": sigmoid(z + bias),
    }


def main():
    """Print the answer to 0.8 under each mistake."""
    v = values()
    for name in ("right", "linear", "tanh", "no_bias", "bias_twice"):
        print(f"{name:10} {v[name]:z.4f}")


if __name__ == "__main__":
    main()
