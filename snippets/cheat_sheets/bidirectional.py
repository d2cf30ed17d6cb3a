"""Bidirectional on one page: its arguments, and weights for other programs.

Run `python -m snippets.cheat_sheets.bidirectional` for the number of
parameters. Sources: the documentation of Keras, of PyTorch and of ONNX, and
rnn.py of TensorFlow 1.
"""

import keras
import numpy as np


# --8<-- [start:defaults]
def bidirectional(layer):
    """Return the wrapper, with its defaults."""
    return keras.layers.Bidirectional(
        layer, merge_mode="concat",
        weights=None, backward_layer=None)
# --8<-- [end:defaults]


# --8<-- [start:each_way]
def each_way(weights, to):
    """Return to(...) of both, forward first."""
    half = len(weights) // 2
    return to(*weights[:half]), to(*weights[half:])
# --8<-- [end:each_way]


# --8<-- [start:onnx]
def both_to_onnx(weights, to_onnx):
    """Return W, R and B with two directions."""
    pairs = zip(*each_way(weights, to_onnx))
    return [np.concatenate(pair) for pair in pairs]
# --8<-- [end:onnx]


def values():
    """Return the values that the page quotes, by name."""
    layer = bidirectional(keras.layers.LSTM(4))
    layer.build((None, None, 3))
    return {"parameters": layer.count_params()}


def main():
    """Print the number of parameters for LSTMs, m = 3 and u = 4."""
    print(values()["parameters"])


if __name__ == "__main__":
    main()
