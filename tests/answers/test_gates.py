"""What forget gates leave, against Keras: an LSTM whose kernels are zero, and a nudge of its first cell."""

import keras
import numpy as np
import pytest

from snippets.answers import gates as answer


@pytest.mark.parametrize("place", range(3))
def test_a_nudge_of_the_cell_shrinks_by_that_much(place):
    lstm = keras.layers.LSTM(1, return_state=True, dtype="float64")
    lstm.build((None, None, 1))
    W, U, b = lstm.get_weights()
    b[1] = answer.bias[place]
    lstm.set_weights([0 * W, 0 * U, b])
    x, zero = np.zeros((1, answer.STEPS, 1)), np.zeros((1, 1))
    ends = [np.array(lstm(x, initial_state=[zero, zero + c])[2]) for c in (-1.0, 1.0)]
    left = (ends[1] - ends[0]).item() / 2
    assert left == pytest.approx(answer.values()["left"][place], rel=1e-12)
