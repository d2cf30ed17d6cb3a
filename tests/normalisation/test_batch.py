"""Moving averages and masks against Keras's BatchNormalization."""

import keras
import numpy as np
import pytest

from snippets.normalisation import batch as part


@pytest.fixture(scope="module")
def values():
    return part.values()


@pytest.mark.parametrize("momentum", [0.99, 0.5])
def test_training_and_inference(momentum):
    rng = np.random.default_rng(0)
    layer = keras.layers.BatchNormalization(momentum=momentum, dtype="float64")
    mine = part.BatchNorm(4, momentum)
    for _ in range(5):
        h = rng.normal(size=(3, 4, 4))
        trained = np.array(layer(h, training=True))
        np.testing.assert_allclose(mine(h, training=True), trained, rtol=0, atol=1e-12)
    # Keras keeps 0.99 as a Python number, so that what it keeps agrees as well.
    kept = layer.get_weights()[2:]
    np.testing.assert_allclose([mine.mean, mine.variance], kept, rtol=0, atol=1e-12)
    np.testing.assert_allclose(mine(h), np.array(layer(h, training=False)), rtol=0, atol=1e-12)


def test_after_a_thousand_batches_inference_is_what_training_was(values):
    np.testing.assert_allclose(values["after_1000"], values["trained"], atol=5e-4)
    assert np.abs(values["after_1"] - values["trained"]).max() > 0.4
    assert values["left_100"] == pytest.approx(36.6, abs=0.05)
    assert 0.99**69 < 0.5 < 0.99**68 and 68 < values["half"] < 69


def test_only_real_steps_are_counted(values):
    layer = keras.layers.BatchNormalization(momentum=0.0, dtype="float64")
    layer(part.padded, training=True, mask=part.mask)
    # Keras divides by the number of steps and 1e-7, the epsilon of its backend.
    mean, variance = layer.get_weights()[2:]
    np.testing.assert_allclose(values["masked_mean"], mean, rtol=1e-6, atol=0)
    np.testing.assert_allclose(values["masked_variance"], variance, rtol=1e-6, atol=0)
    real = [part.h[0, 0], part.h[1, 0], part.h[1, 1]]
    np.testing.assert_allclose(values["masked_mean"], np.sum(real, axis=0) / 3)
    layer(part.padded, training=True)
    np.testing.assert_allclose(values["padded_mean"], layer.get_weights()[2], atol=1e-12)
    np.testing.assert_allclose(values["padded_variance"], layer.get_weights()[3], atol=1e-12)
    assert np.abs(values["with_mask"] - values["without_mask"]).max() > 0.1


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = values | {"same": False, "with_mask": np.zeros((2, 2, 3))}
    assert not any(true for _, true in part.claims(other).values())
