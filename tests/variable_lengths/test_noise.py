"""Gradients of single strings, and what the record says of them."""

import keras
import numpy as np
import pytest

from snippets.variable_lengths import noise as page
from snippets.variable_lengths.fits import build_model
from snippets.variable_lengths.loss import pairs

SYMBOLS = list(page.LENGTHS)


@pytest.fixture(scope="module")
def values():
    return page.values()


def test_one_step_of_sgd_takes_off_the_gradient():
    tf = pytest.importorskip("tensorflow")
    model = build_model(keras.optimizers.SGD(1.0))
    model.run_eagerly = True
    before = model.get_weights()
    x, y = pairs(["BTXSE"])
    with tf.GradientTape() as tape:
        loss = -tf.reduce_sum(y * tf.math.log(model(x))) / 4
    expected = tape.gradient(loss, [w.value for w in model.trainable_variables])
    g = page.gradient(model, ["BTXSE"])
    np.testing.assert_allclose(
        g, np.concatenate([np.ravel(e) for e in expected]), rtol=0, atol=1e-6
    )
    for weights, restored in zip(before, model.get_weights()):
        np.testing.assert_array_equal(weights, restored)


@pytest.mark.claim
def test_the_shortest_strings_are_noisier(values):
    for name, fall in (("new", 0.9), ("trained", 0.75)):
        off = values[f"{name}_off"]
        assert off[SYMBOLS.index(10)] < fall * off[0]
        # From 10 symbols on it does not fall further, as 1 / sqrt(steps) would to 0.69.
        assert off[SYMBOLS.index(20)] > 0.85 * off[SYMBOLS.index(10)]


@pytest.mark.claim
def test_in_a_new_model_strings_of_any_length_gain_alike(values):
    gain = values["new_along"]
    assert np.all((gain > 0.8) & (gain < 1.2))


@pytest.mark.claim
def test_in_a_trained_model_there_is_no_rule(values):
    assert values["slopes"].min() < -0.02 and values["slopes"].max() > 0.05
