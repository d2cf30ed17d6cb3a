"""The LSTM of the answer, against Keras with other weights and in float64."""

import keras
import numpy as np

from snippets.answers import numpy_lstm as answer


def test_it_gives_what_keras_gives():
    assert answer.values()["same"]


def test_so_it_does_with_biases_and_several_samples():
    lstm = keras.layers.LSTM(4, dtype="float64")
    lstm.build((None, None, 3))
    rng = np.random.default_rng(1)
    weights = [rng.normal(size=w.shape) for w in lstm.get_weights()]
    lstm.set_weights(weights)
    x = rng.normal(size=(3, 6, 3))
    np.testing.assert_allclose(answer.by_hand(x, *weights), lstm(x), rtol=0, atol=1e-12)
