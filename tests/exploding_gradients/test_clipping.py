"""Exploding gradients against automatic differentiation, clipping against Keras."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.exploding_gradients import clipping as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_the_exploding_gradient_equals_automatic_differentiation(values):
    layer = keras.layers.SimpleRNN(1, activation="linear", use_bias=False, dtype="float64")
    layer.build((None, None, 1))
    layer.set_weights([np.ones((1, 1)), np.full((1, 1), 1.5)])
    x = np.zeros((1, 21, 1))
    x[0, 0] = 1  # so h_0 = 1
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum((layer(x) - 1) ** 2) / 2
    gradient = float(tape.gradient(loss, layer.trainable_variables[1].value)[0, 0])
    assert values["gradient"] == pytest.approx(gradient, abs=0.51)
    assert values["U_after"] == pytest.approx(1.5 - 0.01 * gradient, abs=0.51)
    assert values["U_clipped"] == pytest.approx(1.5 - 0.01, abs=1e-12)


def test_derivatives_of_the_linear_unit(values):
    for t, reach, slope in zip(values["steps"], values["reach"], values["slope"]):
        assert reach == round(1.5**t)
        ahead, behind = (part.explode(1.5 + e, t)[0] for e in (1e-7, -1e-7))
        assert slope == pytest.approx((ahead - behind) / 2e-7, rel=1e-4, abs=0.51)


def arrays():
    rng = np.random.default_rng(0)
    return [rng.normal(size=(3, 4)), rng.normal(size=4) * 0.01]


@pytest.mark.parametrize("c", [0.1, 2.0, 100.0])
def test_clipping_by_hand_equals_keras(c):
    gradients = arrays()
    cases = {
        "clipnorm": [part.clip_norm(g, c) for g in gradients],
        "global_clipnorm": part.clip_global_norm(gradients, c),
        "clipvalue": [part.clip_value(g, c) for g in gradients],
    }
    for option, ours in cases.items():
        for a, b in zip(ours, part.sgd_step(gradients, **{option: c}), strict=True):
            np.testing.assert_allclose(a, b, rtol=0, atol=1e-6, err_msg=option)


def test_the_example_in_plain_numbers(values):
    assert values["norms"].tolist() == [5, 12] and values["global_norm"] == 13
    np.testing.assert_allclose(values["by_norm"], [3 / 5, 4 / 5, 1], rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["by_global"], [3 / 13, 4 / 13, 12 / 13], rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["by_value"], 1, rtol=0, atol=1e-12)
    cosines = np.cos(np.radians(values["angles"]))
    expected = [17 / 13 / np.sqrt(2), 1, 19 / 13 / np.sqrt(3)]
    np.testing.assert_allclose(cosines, expected, rtol=0, atol=1e-12)
    assert np.cos(np.radians(values["angle_W"])) == pytest.approx(7 / 5 / np.sqrt(2), abs=1e-12)
    assert values["same_as_keras"]


def test_exercise_clips_to_half(values):
    np.testing.assert_allclose(values["exercise"], [1.5, 2, 6], rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["exercise_norm"], [3, 4, 6.5], rtol=0, atol=1e-12)


def test_two_ways_of_clipping_at_once_are_refused():
    with pytest.raises(
        ValueError, match="^Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set"
    ):
        keras.optimizers.SGD(clipnorm=1.0, clipvalue=1.0)
