"""training=True keeps dropout on."""

import keras
import numpy as np

from snippets.answers import training_true as answer


def test_dropout_is_on_when_it_is_told_so():
    values = answer.values()
    assert values["quiet"] and not values["loud"] and values["answers"] == 20
    assert np.array(answer.spread).shape == (1, 8) and np.min(answer.spread) > 0


def test_predict_leaves_it_off():
    model = keras.Sequential([keras.Input((5, 16)), answer.layer])
    np.testing.assert_allclose(
        model.predict(answer.x, verbose=0), answer.layer(answer.x), rtol=0, atol=1e-6
    )
    assert not hasattr(keras.backend, "learning_phase")


def test_batch_normalization_is_not_a_recurrent_layer():
    x, layer = np.arange(12.0).reshape(4, 3), keras.layers.BatchNormalization()
    assert not np.allclose(layer(x), layer(x, training=True))
