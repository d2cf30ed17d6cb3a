"""The simple RNN by hand against Keras."""

import keras
import numpy as np
import pytest

from snippets.layers.simple_rnn import simple_rnn


@pytest.mark.parametrize("N", [1, 2, 5])
@pytest.mark.parametrize("T", [1, 2, 5])
@pytest.mark.parametrize(("m", "u"), [(1, 1), (2, 5), (5, 2)])
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_by_hand_equals_keras_for_random_weights(N, T, m, u, dtype, tolerance):
    rng = np.random.default_rng(N + 10 * T + 100 * m + 1000 * u)
    x = rng.normal(size=(N, T, m)).astype(dtype)
    W, U, b = (rng.normal(size=shape).astype(dtype) / 2 for shape in ((m, u), (u, u), (u,)))
    layer = keras.layers.SimpleRNN(u, return_sequences=True, dtype=dtype)
    layer.build(x.shape)
    layer.set_weights([W, U, b])
    by_keras = np.array(layer(x))
    np.testing.assert_allclose(simple_rnn(x, W, U, b), by_keras, rtol=0, atol=tolerance)
