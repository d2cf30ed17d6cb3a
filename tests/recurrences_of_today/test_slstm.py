"""The sLSTM's miniature by arithmetic that is written out, and beside Keras."""

import math

import keras
import numpy as np
import pytest

from snippets.recurrences_of_today import slstm as page


def sigma(a):
    return 1 / (1 + math.exp(-a))


def test_both_miniatures_by_arithmetic_written_out():
    """Each number of both outputs, with nothing but the math module."""
    h, c, n, m = 0.0, 0.0, 0.0, -math.inf
    safe_c = safe_n = 0.0
    for t, x in enumerate((1.0, -1.0, 1.0)):
        z_i, z_f = 1.0 * x - 0.5 * h + 0.5, -0.5 * x + 1.0 * h + 1.0
        z_c, z_o = 2.0 * x + 0.5 * h + 0.2, 0.5 * x + 1.5 * h - 0.2
        i, f, new, o = math.exp(z_i), sigma(z_f), math.tanh(z_c), sigma(z_o)
        c, n = f * c + i * new, f * n + i
        faded = math.log(f) + m
        m = max(faded, z_i)
        safe_i, safe_f = math.exp(z_i - m), math.exp(faded - m)
        safe_c, safe_n = safe_f * safe_c + safe_i * new, safe_f * safe_n + safe_i
        h = o * c / n
        v = page.values()
        plain = [v[f"plain_{name}"][t] for name in page.PLAIN]
        safe = [v[name][t] for name in page.NAMES]
        np.testing.assert_allclose(plain, [i, f, new, o, c, n, h], rtol=0, atol=1e-12)
        wanted = [safe_i, safe_f, new, o, safe_c, safe_n, m, h]
        np.testing.assert_allclose(safe, wanted, rtol=0, atol=1e-12)
        np.testing.assert_allclose(v["z"][t], [z_i, z_f, z_c, z_o], rtol=0, atol=1e-12)
        assert v["mean"][t] == pytest.approx(c / n, abs=1e-14)


def test_the_columns_of_the_drawing_add_up():
    v = page.values()
    np.testing.assert_allclose(v["kept"] + v["written"], v["c"], rtol=0, atol=1e-15)
    np.testing.assert_allclose(v["kept_n"] + v["i"], v["n"], rtol=0, atol=1e-15)
    assert v["same_as_keras"]


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_keras_gives_the_same(dtype, tolerance):
    by_keras = page.keras_slstm(page.x.astype(dtype), page.W, page.U, page.b, dtype)
    np.testing.assert_allclose(by_keras[0, :, 0], page.values()["h"], rtol=0, atol=tolerance)


def test_an_lstm_of_these_weights_gives_what_is_said():
    layer = keras.layers.LSTM(1, return_sequences=True, dtype="float64")
    layer.build(page.x.shape)
    layer.set_weights([page.W, page.U, page.b])
    by_keras = keras.ops.convert_to_numpy(layer(page.x))[0, :, 0]
    np.testing.assert_allclose(by_keras, page.values()["lstm_h"], rtol=0, atol=1e-12)
