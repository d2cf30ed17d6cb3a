"""The LSTM's cheat sheet: its defaults are Keras's, and other programs compute the same with its arrays."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.cheat_sheets import lstm as sheet
from tests.cheat_sheets import programs
from tests.cheat_sheets.programs import CLOSE, N, T, drawn, m, u


@pytest.fixture(scope="module")
def case():
    """An input, weights, and the states that Keras gives for them."""
    x, W, U, b = drawn((m, 4 * u), (u, 4 * u), (4 * u,))
    layer = keras.layers.LSTM(u, return_sequences=True, dtype="float64")
    return x, (W, U, b), programs.with_keras(layer, x, [W, U, b])


def test_defaults_are_those_of_keras():
    assert not programs.unlike_keras(sheet.lstm)


def test_pytorch(case):
    x, weights, states = case
    output = programs.with_pytorch("LSTM", x, sheet.to_pytorch(*weights))
    np.testing.assert_allclose(output, states, **CLOSE)


def test_onnx(case):
    x, weights, states = case
    W, R, B = sheet.to_onnx(*weights)
    assert (W.shape, R.shape, B.shape) == ((1, 4 * u, m), (1, 4 * u, u), (1, 8 * u))
    output = programs.with_onnx("LSTM", x, W, R, B)
    np.testing.assert_allclose(output, states, **CLOSE)


@pytest.mark.parametrize("forget_bias", [0, 1])
def test_tensorflow_1(case, forget_bias):
    """Its LSTMBlockCell computes what LSTMCell does, and TensorFlow still has it, in float32."""
    x, weights, states = case
    kernel, bias = sheet.to_tensorflow_1(*weights)
    i, c_new, f, o = np.split(bias, 4)
    bias = np.concatenate([i, c_new, f - forget_bias, o])  # the cell adds it at each step
    kernel, bias = kernel.astype("float32"), bias.astype("float32")
    h = c = np.zeros((N, u), "float32")
    no_peephole = np.zeros(u, "float32")
    for t in range(T):
        _, c, _, _, _, _, h = tf.raw_ops.LSTMBlockCell(
            x=x[:, t].astype("float32"),
            cs_prev=c,
            h_prev=h,
            w=kernel,
            b=bias,
            forget_bias=forget_bias,
            cell_clip=0,
            wci=no_peephole,
            wcf=no_peephole,
            wco=no_peephole,
        )
        np.testing.assert_allclose(h, states[:, t], rtol=0, atol=1e-6)
