"""The trained GRU: its training, its weights, and every gate against Keras's own cell."""

import keras
import numpy as np
import pytest

from snippets.gru import trained as gru_trained
from snippets.lstm import model as lstm


@pytest.fixture(scope="module")
def trained():
    return gru_trained.train()


@pytest.fixture(scope="module")
def values():
    return gru_trained.values()


@pytest.fixture(scope="module")
def data():
    return lstm.make_data()


def test_training_reaches_the_loss_that_the_page_promises(trained):
    _, losses = trained
    assert losses[-1] < 5e-3 < 0.2 < losses[0]
    assert len(losses) == len(gru_trained.LOSSES)


def test_the_drawn_losses_are_the_trained_ones(trained):
    # Another processor or version takes another path, most of all in the middle.
    np.testing.assert_allclose(trained[1], gru_trained.LOSSES, rtol=0, atol=0.05)


def test_printed_weights_do_what_the_trained_ones_do(trained, data):
    """Rounding costs less than the page says: 0.0001 of loss, and no answer."""
    x, y = data
    before = np.mean((trained[0].predict(x, verbose=0) - y) ** 2)
    prediction = gru_trained.predict(x)
    after = np.mean((prediction - y) ** 2)
    assert after < 1e-3 and ((prediction > 0.5) == y).all()
    if np.allclose(trained[0].get_weights()[0], gru_trained.W, rtol=0, atol=0.006):
        assert abs(after - before) < 1e-4  # the very weights that were rounded


def test_every_answer_to_new_data_is_right():
    x, y = lstm.make_data(N=1000, seed=99)
    assert ((gru_trained.predict(x) > 0.5) == y).all()


def test_the_two_rows_of_bias_of_both_gates_stay_equal_in_training(trained):
    """They have the same gradient; those of the candidate do not."""
    b = trained[0].get_weights()[2]
    np.testing.assert_allclose(b[0, :4], b[1, :4], rtol=0, atol=1e-4)
    assert np.abs(b[0, 4:] - b[1, 4:]).max() > 0.01
    assert (gru_trained.b[0, :4] == gru_trained.b[1, :4]).all()


def test_all_steps_equal_keras_cell_looped(values):
    """Keras's own cell, step by step, in float64."""
    cell = keras.layers.GRUCell(2, dtype="float64")
    cell.build((None, 3))
    cell.set_weights([gru_trained.W, gru_trained.U, gru_trained.b])
    h = np.zeros((1, 2))
    for t in range(6):
        output, (h,) = cell(gru_trained.x_new[:, t], [h])
        np.testing.assert_allclose(values["h"][:, t], np.array(h)[0], rtol=0, atol=1e-12)


def test_prediction_by_hand_equals_keras():
    y = gru_trained.by_hand(gru_trained.x_new)[4]
    np.testing.assert_allclose(y, gru_trained.predict(gru_trained.x_new), rtol=0, atol=1e-6)


def test_the_step_written_out(values):
    """t = 3 by sums of products, without a matrix product."""
    v, t = values, 3
    x, h = gru_trained.x_new[0, t], v["h"][:, t - 1]
    W, U, b = gru_trained.W, gru_trained.U, gru_trained.b
    p = [sum(x[i] * W[i, j] for i in range(3)) + b[0, j] for j in range(6)]
    q = [sum(h[i] * U[i, j] for i in range(2)) + b[1, j] for j in range(6)]
    np.testing.assert_allclose(v["p"], p, rtol=0, atol=1e-14)
    np.testing.assert_allclose(v["q"], q, rtol=0, atol=1e-14)
    np.testing.assert_allclose(v["kept"] + v["taken"], v["h"][:, t], rtol=0, atol=1e-14)
    np.testing.assert_allclose(1 / (1 + np.exp(-v["sum_y"])), v["y"][:, t], rtol=0, atol=1e-14)


def test_the_answers_to_the_example_are_the_kept_signs(values):
    expected = [[1, 0], [1, 0], [1, 0], [0, 1], [0, 1], [0, 1]]
    assert (values["y"].T > 0.5).astype(int).tolist() == expected


def test_claims_follow_the_values(values):
    assert all(true for _, true in gru_trained.claims(values).values())
    other = {**values, "wrong_new": 1, "h": abs(values["h"]), "z": 0 * values["z"] + 0.5}
    claims = gru_trained.claims(other)
    assert not any(claims[name][1] for name in ("new_right", "changed", "small"))
