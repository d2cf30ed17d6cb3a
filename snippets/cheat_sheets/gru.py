"""The GRU on one page: its arguments, and its weights for other programs.

Run `python -m snippets.cheat_sheets.gru` for the number of parameters.
Shapes: m inputs per step, u units. Sources: the documentation of Keras, of
PyTorch and of ONNX, and rnn_cell_impl.py of TensorFlow 1.
"""

import keras
import numpy as np

from snippets.recording import packing


# --8<-- [start:defaults]
def gru(units):
    """Return the layer, with Keras's defaults."""
    return keras.layers.GRU(
        units, activation="tanh",
        recurrent_activation="sigmoid",
        use_bias=True, reset_after=True,
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
    """Return these blocks of a (..., 3u)."""
    found = dict(zip("zrh", np.split(a, 3, -1)))
    return np.hstack([found[g] for g in gates])
# --8<-- [end:order]


# --8<-- [start:pytorch]
def to_pytorch(W, U, b):
    """Return weight_ih, _hh, bias_ih, bias_hh."""
    W, U, b = [order("rzh", a) for a in (W, U, b)]
    return W.T, U.T, b[0], b[1]
# --8<-- [end:pytorch]


# --8<-- [start:onnx]
def to_onnx(W, U, b):
    """Return W, R and B."""
    return W.T[None], U.T[None], b.reshape(1, -1)
# --8<-- [end:onnx]


# --8<-- [start:tensorflow_1]
def to_tensorflow_1(W, U, b):
    """Return both kernels, each with its bias."""
    kernel = np.concatenate([W, U])
    return (order("rz", kernel), order("rz", b),
            order("h", kernel), order("h", b))
# --8<-- [end:tensorflow_1]


def values():
    """Return the values that the page quotes, by name."""
    after, before = gru(4), keras.layers.GRU(4, reset_after=False)
    for layer in (after, before):
        layer.build((None, None, 3))
    return {"parameters": after.count_params(),
            "parameters_before": before.count_params()}


def figures(values):
    """Return the drawing of the page; TensorFlow 1 has one bias."""
    W, U, b = packing.names("zrh", ("b", "b′"))
    return {"packing": packing.drawing("a GRU", (W, U, b),
                                       to_pytorch(W, U, b), to_onnx(W, U, b),
                                       to_tensorflow_1(W, U, b[0]))}


def main():
    """Print the numbers of parameters for m = 3 and u = 4."""
    for name, number in values().items():
        print(name, number)


if __name__ == "__main__":
    main()
