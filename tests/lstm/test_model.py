"""The data of Part D, the model, and its training."""

import keras
import numpy as np
import pytest

from snippets.lstm import (
    model as part_d,
)
from snippets.lstm import (
    seeds as lstm_seeds,
)
from snippets.lstm import (
    trained as trained_part,
)


@pytest.fixture(scope="module")
def trained():
    return part_d.train()


def test_data_is_the_task_that_the_page_tells():
    x, y = part_d.make_data()
    assert x.shape == (256, 8, 3) and y.shape == (256, 8, 2)
    assert set(np.unique(x[..., :2])) == {-1, 1} and set(np.unique(x[..., 2])) == {0, 1}
    assert np.all(x[:, 0, 2] == 1)
    assert 0.17 < x[:, 1:, 2].mean() < 0.23
    for sequence, answers in zip(x, y):
        kept = None
        for (first, second, mark), answer in zip(sequence, answers):
            if mark:
                kept = [float(first == 1), float(second == 1)]
            assert answer.tolist() == kept


def test_training_reaches_the_loss_that_the_page_promises(trained):
    _, losses = trained
    assert losses[0] > 0.15 and losses[-1] < 0.01


def test_the_trained_model_solves_new_sequences(trained):
    x, y = part_d.make_data(N=500, seed=99)
    right = np.all((np.array(trained[0](x)) > 0.5) == y, axis=-1)
    assert right.mean() > 0.98


def test_recorded_losses_are_those_of_the_training(trained):
    # Another processor or version trains a little differently, and that adds up.
    np.testing.assert_allclose(trained[1], lstm_seeds.values()["losses_lstm"], rtol=0, atol=0.04)


def test_printed_weights_are_the_trained_ones_rounded(trained):
    printed = (trained_part.W, trained_part.U, trained_part.b, trained_part.W_y, trained_part.b_y)
    for weights, rounded in zip(trained[0].get_weights(), printed):
        # Half a hundredth by rounding; the rest is left to another processor's training.
        np.testing.assert_allclose(weights, rounded, rtol=0, atol=0.02)


def test_rounding_the_weights_costs_less_than_the_page_says(trained):
    model = trained[0]
    x, y = part_d.make_data()
    before = np.mean((model.predict(x, verbose=0) - y) ** 2)
    model_rounded = part_d.build_model()
    model_rounded.set_weights([np.round(weights, 2) for weights in model.get_weights()])
    after = np.mean((model_rounded.predict(x, verbose=0) - y) ** 2)
    assert abs(after - before) < 1e-4


def test_biases_of_the_forget_gate_start_at_one():
    layer = part_d.build_model().layers[0]
    _, _, b = layer.get_weights()
    assert b.tolist() == [0, 0, 1, 1, 0, 0, 0, 0]


def test_the_recurrent_kernel_starts_orthogonal():
    layer = keras.layers.LSTM(5)
    layer.build((None, None, 3))
    U = layer.get_weights()[1]
    assert U.shape == (5, 20)
    np.testing.assert_allclose(U @ U.T, np.eye(5), rtol=0, atol=1e-5)
