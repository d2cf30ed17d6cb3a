"""What return_state returns, against a second call with all states."""

import keras
import numpy as np

from snippets.answers import return_state as answer


def test_the_output_comes_twice_and_the_cell_is_another_array():
    values = answer.values()
    assert values["h"] == values["c"] == (2, 4)
    assert values["same"] and values["same_gru"] and values["another"]


def test_with_all_states_the_output_is_no_longer_the_last_state():
    layer = keras.layers.LSTM(4, return_sequences=True, return_state=True)
    y, h, c = layer(answer.x)
    assert y.shape == (2, 5, 4)
    np.testing.assert_array_equal(y[:, -1], h)
    assert len(keras.layers.SimpleRNN(4, return_state=True)(answer.x)) == 2
