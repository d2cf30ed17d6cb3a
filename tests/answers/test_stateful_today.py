"""A stateful layer goes on where it stopped, in pieces or not."""

import keras
import numpy as np
import pytest

from snippets.answers import stateful_today as answer


def test_pieces_end_like_the_whole_and_a_further_call_does_not():
    values = answer.values()
    assert values["pieces_same"] and not values["again_same"]


def test_what_is_gone_since_keras_3():
    assert answer.values()["of_a_model"] is False
    with pytest.raises(ValueError, match="batch_input_shape"):
        keras.layers.GRU(4, stateful=True, batch_input_shape=(2, None, 3))


def test_the_layer_must_know_n():
    with pytest.raises(ValueError, match="batch size"):
        keras.Sequential([keras.Input((None, 3)), keras.layers.GRU(4, stateful=True)])


def test_a_reset_makes_it_begin_anew():
    [layer] = answer.model.layers
    layer.reset_state()
    first = np.array(answer.model(answer.x))
    np.testing.assert_allclose(first, answer.whole, rtol=0, atol=1e-6)
