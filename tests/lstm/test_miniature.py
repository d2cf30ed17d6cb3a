"""The miniature: every number of the page, worked out here once more."""

from math import exp, log, tanh

import keras
import numpy as np
import pytest

from snippets.lstm import miniature


@pytest.fixture(scope="module")
def values():
    return miniature.values()


def sigma(z):
    return 1 / (1 + exp(-z))


def test_every_intermediate_of_the_three_steps(values):
    h = c = 0.0
    for t, x in enumerate((1, 0, -1)):
        sums = [x - h / 2 + 0.5, -x / 2 + h + 1, 2 * x + h / 2 + 0.2, x / 2 + 3 * h / 2 - 0.2]
        i, f, c_new, o = sigma(sums[0]), sigma(sums[1]), tanh(sums[2]), sigma(sums[3])
        kept, written = f * c, i * c_new
        c = kept + written
        h = o * tanh(c)
        np.testing.assert_allclose(values["z"][t], sums, rtol=0, atol=1e-12)
        for name, expected in {
            "i": i,
            "f": f,
            "c_new": c_new,
            "o": o,
            "kept": kept,
            "written": written,
            "c": c,
            "tanh_c": tanh(c),
            "h": h,
        }.items():
            assert values[name][t] == pytest.approx(expected, abs=1e-12), (name, t)


def test_the_states_are_those_of_keras(values):
    layer = keras.layers.LSTM(1, return_sequences=True, return_state=True, dtype="float64")
    layer.build((None, 3, 1))
    layer.set_weights([miniature.W, miniature.U, miniature.b])
    states, _, c = layer(miniature.x[None])
    np.testing.assert_allclose(np.array(states)[0, :, 0], values["h"], rtol=0, atol=1e-12)
    np.testing.assert_allclose(np.array(c)[0, 0], values["c"][-1], rtol=0, atol=1e-12)
    assert values["same_as_keras"] and values["same_as_step"]


def test_the_forget_gate_at_its_initial_bias(values):
    assert values["f_at_rest"] == pytest.approx(sigma(1), abs=1e-12)
    assert values["after_ten"] == pytest.approx(exp(10 * log(sigma(1))), abs=1e-12)


@pytest.mark.parametrize(
    ("x", "forget_bias", "step"), [([1, 0, -1, 0.5], 1, 3), ([1, 0, -1], 0, 1)]
)
def test_exercises(values, x, forget_bias, step):
    """Exercises 1 and 4, answered by Keras."""
    layer = keras.layers.LSTM(1, return_state=True, dtype="float64")
    layer.build((None, None, 1))
    layer.set_weights([miniature.W, miniature.U, np.array([0.5, forget_bias, 0.2, -0.2])])
    _, h, c = layer(np.array(x, float)[None, : step + 1, None])
    if step == 3:
        np.testing.assert_allclose(values["exercise"][4:], [c[0, 0], h[0, 0]], rtol=0, atol=1e-12)
        functions = (sigma, sigma, tanh, sigma)
        gates = [function(z) for function, z in zip(functions, values["z_exercise"])]
        np.testing.assert_allclose(values["exercise"][:4], gates, rtol=0, atol=1e-12)
    else:
        assert values["c_forgetful"][1] == pytest.approx(float(c[0, 0]), abs=1e-12)
