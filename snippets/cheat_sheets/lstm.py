"""The LSTM on one page: its arguments, and its weights for other programs.

Run `python -m snippets.cheat_sheets.lstm` for the number of parameters.
Shapes: m inputs per step, u units. Sources: the documentation of Keras, of
PyTorch and of ONNX, and rnn_cell_impl.py of TensorFlow 1.
"""

import keras
import numpy as np

from snippets.recording import packing


# --8<-- [start:defaults]
def lstm(units):
    """Return the layer, with Keras's defaults."""
    return keras.layers.LSTM(
        units, activation="tanh",
        recurrent_activation="sigmoid",
        use_bias=True, unit_forget_bias=True,
        kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal",
        bias_initializer="zeros",
        dropout=0.0, recurrent_dropout=0.0,
        return_sequences=False, return_state=False,
        go_backwards=False, stateful=False,
        unroll=False, use_cudnn="auto")
# --8<-- [end:defaults]


# --8<-- [start:order]
def order(gates, a):
    """Return these blocks of a (..., 4u)."""
    found = dict(zip("ifco", np.split(a, 4, -1)))
    return np.hstack([found[g] for g in gates])
# --8<-- [end:order]


# --8<-- [start:pytorch]
def to_pytorch(W, U, b):
    """Return weight_ih, _hh, bias_ih, bias_hh."""
    return W.T, U.T, b, 0 * b
# --8<-- [end:pytorch]


# --8<-- [start:onnx]
def to_onnx(W, U, b):
    """Return W, R and B."""
    W, U, b = [order("iofc", a) for a in (W, U, b)]
    B = np.append(b, 0 * b)
    return W.T[None], U.T[None], B[None]
# --8<-- [end:onnx]


# --8<-- [start:tensorflow_1]
def to_tensorflow_1(W, U, b):
    """Return kernel and bias."""
    kernel = np.concatenate([W, U])
    return order("icfo", kernel), order("icfo", b)
# --8<-- [end:tensorflow_1]


def values():
    """Return the values that the page quotes, by name."""
    layer = lstm(4)
    layer.build((None, None, 3))
    return {"parameters": layer.count_params()}


def figures(values):
    """Return the drawing of the page."""
    blocks = packing.names("ifco")
    return {"packing": packing.drawing("an LSTM", blocks, to_pytorch(*blocks),
                                       to_onnx(*blocks),
                                       to_tensorflow_1(*blocks))}


def main():
    """Print the number of parameters for m = 3 and u = 4."""
    print(values()["parameters"])


if __name__ == "__main__":
    main()
