"""Both norms by hand against Keras's layers, and the trap of few units."""

import keras
import numpy as np
import pytest

from snippets.normalisation import miniature as part

rng = np.random.default_rng(0)
X = rng.normal(size=(3, 4, 5))
G, B = rng.normal(size=5), rng.normal(size=5)


@pytest.fixture(scope="module")
def values():
    return part.values()


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-12), ("float32", 2e-6)])
def test_layer_norm(dtype, tolerance):
    layer = keras.layers.LayerNormalization(dtype=dtype)
    layer.build(X.shape)
    layer.set_weights([G, B])
    theirs = np.array(layer(X.astype(dtype)))
    np.testing.assert_allclose(part.layer_norm(X, G, B), theirs, rtol=0, atol=tolerance)


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-12), ("float32", 2e-6)])
def test_batch_norm(dtype, tolerance):
    layer = keras.layers.BatchNormalization(dtype=dtype)
    layer.build(X.shape)
    layer.set_weights([G, B, *layer.get_weights()[2:]])
    theirs = np.array(layer(X.astype(dtype), training=True))
    np.testing.assert_allclose(part.batch_norm(X, G, B), theirs, rtol=0, atol=tolerance)


def test_rms_norm():
    layer = keras.layers.RMSNormalization(dtype="float64")
    layer.build(X.shape)
    layer.set_weights([G])
    theirs = np.array(layer(X))
    np.testing.assert_allclose(part.rms_norm(X, G), theirs, rtol=0, atol=1e-12)


def test_the_defaults_are_those_of_keras():
    assert keras.layers.LayerNormalization().epsilon == part.EPSILON
    batch = keras.layers.BatchNormalization()
    assert (batch.epsilon, batch.momentum) == (part.EPSILON, 0.99)
    assert keras.layers.RMSNormalization().epsilon == 1e-6


def test_the_row_and_the_column_by_sums(values):
    """Means and variances from sums over a table, not from NumPy's mean and var."""
    row = [0.1, 0.2, 0.6]
    mean = sum(row) / 3
    variance = sum((a - mean) ** 2 for a in row) / 3
    assert values["row_mean"] == pytest.approx(mean) == pytest.approx(0.3)
    assert values["row_variance"] == pytest.approx(variance)
    assert values["row_size"] == pytest.approx((variance + 0.001) ** 0.5)
    unit = [0.1, 0.3, 0.5, -0.1]
    assert values["unit"].ravel().tolist() == unit
    assert values["unit_mean"] == pytest.approx(0.2)
    assert values["unit_variance"] == pytest.approx(sum((a - 0.2) ** 2 for a in unit) / 4)
    assert values["batch"][0, 0, 0] == pytest.approx(-0.1 / values["unit_size"])


def test_one_unit_and_two(values):
    assert values["one_unit"] == 0
    assert np.abs(np.abs(values["two_units"]) - 1).max() < 0.16
    assert np.sign(values["two_units"]).tolist() == [[-1, 1], [1, -1]]


def test_epsilon_counts_where_numbers_are_small(values):
    layer = keras.layers.LayerNormalization(dtype="float64")
    theirs = np.array(layer(part.h[0, :1] / 10))[0]
    np.testing.assert_allclose(values["small"], theirs, rtol=0, atol=1e-12)
    assert abs(values["small"][2]) < 0.6 * abs(values["small_1e5"][2])
