"""The model of Part A by hand, and its training."""

import keras
import numpy as np
import pytest

from snippets.layers.dense import time_distributed
from snippets.time_distributed import model as part_a


@pytest.fixture(scope="module")
def trained():
    return part_a.train()


def test_prediction_by_hand_equals_keras():
    by_hand = time_distributed(part_a.x_new, part_a.W, part_a.b)
    np.testing.assert_allclose(by_hand, part_a.predict(part_a.x_new), rtol=0, atol=1e-6)


def test_training_reaches_the_loss_that_the_page_promises(trained):
    _, losses = trained
    assert losses[-1] < 1e-3 < losses[0]


def test_printed_weights_are_the_trained_ones_rounded(trained):
    # Another processor or version trains to slightly other weights.
    W, b = trained[0].get_weights()
    np.testing.assert_allclose(W, part_a.W, rtol=0, atol=0.05)
    np.testing.assert_allclose(b, part_a.b, rtol=0, atol=0.05)


def test_rounding_the_weights_costs_less_than_the_page_says(trained):
    model = trained[0]
    x, y = part_a.make_data()
    before = np.mean((model.predict(x, verbose=0) - y) ** 2)
    after = np.mean((part_a.predict(x) - y) ** 2)
    assert abs(after - before) < 1e-4


def test_reversed_steps_give_reversed_outputs():
    """Exercise 4."""
    outputs = part_a.predict(part_a.x_new[:, ::-1])
    np.testing.assert_allclose(outputs[:, ::-1], part_a.predict(part_a.x_new), rtol=0, atol=1e-6)


def test_shape_and_parameters_of_the_first_exercise():
    layer = keras.layers.TimeDistributed(keras.layers.Dense(2))
    assert layer(np.zeros((100, 50, 4))).shape == (100, 50, 2)
    assert layer.count_params() == 10
