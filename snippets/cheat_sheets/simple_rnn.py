"""The simple RNN on one page: arguments, mistakes, weights for other programs.

Run `python -m snippets.cheat_sheets.simple_rnn` for the last states.
Shapes: m inputs per step, u units. Sources: the documentation of Keras, of
PyTorch and of ONNX, and rnn_cell_impl.py of TensorFlow 1.
"""

import keras
import numpy as np

from snippets.layers.dense import sigmoid
from snippets.layers.simple_rnn import simple_rnn_step
from snippets.recording import packing
from snippets.simple_rnn.miniature import U, W, b, x


# --8<-- [start:defaults]
def simple_rnn(units):
    """Return the layer, with Keras's defaults."""
    return keras.layers.SimpleRNN(
        units, activation="tanh", use_bias=True,
        kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal",
        bias_initializer="zeros",
        dropout=0.0, recurrent_dropout=0.0,
        return_sequences=False, return_state=False,
        go_backwards=False, stateful=False,
        unroll=False)
# --8<-- [end:defaults]


# --8<-- [start:pytorch]
def to_pytorch(W, U, b):
    """Return weight_ih, _hh, bias_ih, bias_hh."""
    return W.T, U.T, b, 0 * b
# --8<-- [end:pytorch]


# --8<-- [start:onnx]
def to_onnx(W, U, b):
    """Return W, R and B."""
    B = np.append(b, 0 * b)
    return W.T[None], U.T[None], B[None]
# --8<-- [end:onnx]


# --8<-- [start:tensorflow_1]
def to_tensorflow_1(W, U, b):
    """Return kernel and bias."""
    return np.concatenate([W, U]), b
# --8<-- [end:tensorflow_1]


def last(W=W, U=U, b=b, function=np.tanh, h=0.0, kept=1.0):
    """Return the miniature's last state; kept: how much of h a step gets."""
    for x_t in x:
        z, _ = simple_rnn_step(x_t, kept * np.full(1, h), W, U, b)  # (u,)
        h = function(z)[0]
    return h


def values():
    """Return the values that the page quotes, by name."""
    layer = simple_rnn(4)
    layer.build((None, None, 3))
    return {
        "parameters": layer.count_params(),
        "right": last(),
        "exchanged": last(W=U, U=W),
        "bias_twice": last(b=2 * b),
        "no_bias": last(b=0 * b),
        "sigmoid": last(function=sigmoid),
        "relu": last(function=lambda z: np.maximum(z, 0)),
        "state_lost": last(kept=0.0),
        "state_left": last(h=last()),
    }


def figures(values):
    """Return the drawing of the page."""
    blocks = packing.names("")
    return {"packing": packing.drawing("a simple RNN", blocks,
                                       to_pytorch(*blocks), to_onnx(*blocks),
                                       to_tensorflow_1(*blocks))}


def main():
    """Print the last state under each mistake."""
    for name, number in values().items():
        if name != "parameters":
            print(f"{name:11} {number:z7.4f}")


if __name__ == "__main__":
    main()
