"""The GRU's cheat sheet: its defaults are Keras's, and other programs compute the same with its arrays."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.cheat_sheets import gru as sheet
from tests.cheat_sheets import programs
from tests.cheat_sheets.programs import CLOSE, N, T, drawn, m, u


@pytest.fixture(scope="module")
def cases():
    """By reset_after: an input, weights, and the states that Keras gives for them."""
    found = {}
    for after, rows in ((True, (2,)), (False, ())):
        x, *weights = drawn((m, 3 * u), (u, 3 * u), (*rows, 3 * u))
        layer = keras.layers.GRU(u, return_sequences=True, reset_after=after, dtype="float64")
        found[after] = x, weights, programs.with_keras(layer, x, weights)
    return found


def test_defaults_are_those_of_keras():
    assert not programs.unlike_keras(sheet.gru)


def test_pytorch(cases):
    x, weights, states = cases[True]
    output = programs.with_pytorch("GRU", x, sheet.to_pytorch(*weights))
    np.testing.assert_allclose(output, states, **CLOSE)


@pytest.mark.parametrize("after", [True, False])
def test_onnx(cases, after):
    """linear_before_reset is 1 for reset_after, else 0; then the second bias is zero."""
    x, (W, U, b), states = cases[after]
    W, R, B = sheet.to_onnx(W, U, b if after else np.stack([b, 0 * b]))
    assert (W.shape, R.shape, B.shape) == ((1, 3 * u, m), (1, 3 * u, u), (1, 6 * u))
    output = programs.with_onnx("GRU", x, W, R, B, after)
    np.testing.assert_allclose(output, states, **CLOSE)


def test_tensorflow_1(cases):
    """Its GRUBlockCell computes what GRUCell does, and TensorFlow still has it, in float32."""
    x, weights, states = cases[False]
    names = ("w_ru", "b_ru", "w_c", "b_c")
    arrays = (array.astype("float32") for array in sheet.to_tensorflow_1(*weights))
    given = dict(zip(names, arrays, strict=True))
    h = np.zeros((N, u), "float32")
    for t in range(T):
        *_, h = tf.raw_ops.GRUBlockCell(x=x[:, t].astype("float32"), h_prev=h, **given)
        np.testing.assert_allclose(h, states[:, t], rtol=0, atol=1e-6)
