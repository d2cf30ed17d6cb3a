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
    # Another processor may train to other weights; then rounding costs something else.
    pairs = zip(model.get_weights(), [part_a.W, part_a.b])
    same = all(np.allclose(trained, printed, rtol=0, atol=0.006) for trained, printed in pairs)
    assert abs(after - before) < (1e-5 if same else 1e-4)


def test_the_loss_is_the_one_that_keras_gives():
    model = part_a.build_model()
    model.compile(loss="mse")
    model.set_weights([part_a.W, part_a.b])
    x, y = part_a.make_data()
    np.testing.assert_allclose(part_a.values()["loss"], model.evaluate(x, y, verbose=0), rtol=1e-4)


def test_reversed_steps_give_reversed_outputs():
    """Exercise 4."""
    outputs = part_a.predict(part_a.x_new[:, ::-1])
    np.testing.assert_allclose(outputs[:, ::-1], part_a.predict(part_a.x_new), rtol=0, atol=1e-6)


def test_shape_and_parameters_of_the_first_exercise():
    layer = keras.layers.TimeDistributed(keras.layers.Dense(2))
    assert layer(np.zeros((100, 50, 4))).shape == (100, 50, 2)
    assert layer.count_params() == 10


def test_claims_follow_the_values():
    values = part_a.values()
    assert all(true for _, true in part_a.claims(values).values())
    other = {
        "y_six": np.arange(6.0),
        "order_counts": True,
        "y_longer": np.arange(48.0).reshape(2, 8, 3),
        "z_alone": np.array([[1.0, -1.0, 0.0], [-1.0, 1.0, 0.0]]),
        "column_2": np.array([1.99, 2.01, -0.01]),
    }
    assert not any(true for _, true in part_a.claims(other).values())


def test_six_steps_by_keras_in_two_orders():
    """Of the unit that the page begins with."""
    layer = keras.layers.TimeDistributed(keras.layers.Dense(1, activation="sigmoid"))
    layer.build((1, 6, 1))
    layer.set_weights([np.array([[2.35]]), np.array([-1.36])])
    x = np.array([[1, 0.8, 0.6, 0.2, 1, 0], [0.8, 0, 1, 1, 0.2, 0.6]])  # another order
    y = np.array(layer(x[..., None]))[..., 0]
    values = part_a.values()
    np.testing.assert_allclose(values["y_six"], y[0], rtol=0, atol=1e-6)
    np.testing.assert_allclose(y[1], y[0][[1, 5, 0, 4, 3, 2]], rtol=0, atol=1e-6)
    assert not values["order_counts"]


def test_one_large_input_alone():
    """Column by column: the weight of the only input that is 1, and the bias."""
    expected = [[1.68 - 2.61, 1.80 - 0.74, 1.99 - 0.01], [1.69 - 2.61, 1.59 - 0.74, -2.01 - 0.01]]
    np.testing.assert_allclose(part_a.values()["z_alone"], expected, rtol=0, atol=1e-12)
