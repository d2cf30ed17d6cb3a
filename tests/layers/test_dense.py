"""A dense layer by hand against Keras, once and at each step."""

import keras
import numpy as np
import pytest

from snippets.layers.dense import sigmoid, time_distributed


@pytest.mark.parametrize("N", [1, 2, 5])
@pytest.mark.parametrize("T", [1, 2, 5])
@pytest.mark.parametrize(("m", "units"), [(1, 1), (2, 3), (5, 2)])
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_by_hand_equals_keras_for_random_weights(N, T, m, units, dtype, tolerance):
    rng = np.random.default_rng(N + 10 * T + 100 * m)
    x = rng.normal(size=(N, T, m)).astype(dtype)
    W, b = rng.normal(size=(m, units)), rng.normal(size=units)
    dense = keras.layers.Dense(units, activation="sigmoid", dtype=dtype)
    layer = keras.layers.TimeDistributed(dense, dtype=dtype)
    layer.build(x.shape)
    layer.set_weights([W, b])
    W, b = (weight.astype(dtype) for weight in (W, b))
    # Called directly: through Sequential and predict, float64 becomes float32.
    by_hand = time_distributed(x, W, b)
    np.testing.assert_allclose(by_hand, np.array(layer(x)), rtol=0, atol=tolerance)


def test_sigmoid_equals_keras():
    z = np.linspace(-8, 8, 33)
    np.testing.assert_allclose(sigmoid(z), np.array(keras.ops.sigmoid(z)), rtol=0, atol=1e-12)
