"""The answers to the exercises, by Keras."""

import keras
import numpy as np
import pytest

from snippets.saving_and_moving import exercises as page


def by_keras(bias):
    gru = keras.layers.GRU(3, dtype="float64")
    gru(page.x)
    gru.set_weights([page.W, page.U, bias])
    return np.array(gru(page.x)) @ page.W_y + page.b_y


def test_which_biases_may_be_added():
    values, b, u = page.values(), page.b, 3
    both = np.stack([b[0] + b[1], 0 * b[1]])
    allowed = np.where(np.arange(3 * u) < 2 * u, both, b)
    right = by_keras(b)
    assert np.abs(by_keras(allowed) - right).max() < 1e-12 and values["z_and_r"] < 1e-12
    assert values["all"] == pytest.approx(np.abs(by_keras(both) - right).max(), abs=1e-12)


def test_a_first_step_of_adam_is_the_learning_rate():
    values = page.values()
    assert values["moved_most"] == pytest.approx(0.1, abs=1e-4)
    assert 0.09 < values["moved_least"] <= values["moved_most"]
