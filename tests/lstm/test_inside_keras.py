"""What Keras hides: cells and gates, and Olah's matrices."""

import keras
import numpy as np
import pytest

from snippets.layers.lstm import lstm
from snippets.lstm import inside_keras as inside
from snippets.lstm import trained as lstm_trained
from snippets.lstm.model import make_data


@pytest.fixture(scope="module")
def x():
    return make_data(N=6, T=9, seed=5)[0]


@pytest.fixture(scope="module")
def by_hand(x):
    return dict(zip(("i", "f", "c_new", "o", "c", "h"), lstm(x, inside.W, inside.U, inside.b)))


def test_last_states(x, by_hand):
    outputs, h, c = inside.last_states(x)
    np.testing.assert_allclose(outputs, by_hand["h"], rtol=0, atol=1e-6)
    np.testing.assert_allclose(h, by_hand["h"][:, -1], rtol=0, atol=1e-6)
    np.testing.assert_allclose(c, by_hand["c"][:, -1], rtol=0, atol=1e-6)


def test_every_cell_of_the_loop(x, by_hand):
    h, c = inside.every_cell(x)
    np.testing.assert_allclose(h, by_hand["h"], rtol=0, atol=1e-6)
    np.testing.assert_allclose(c, by_hand["c"], rtol=0, atol=1e-6)


def test_every_gate(x, by_hand):
    for gate, name in zip(inside.every_gate(x), ("i", "f", "c_new", "o")):
        np.testing.assert_allclose(gate, by_hand[name], rtol=0, atol=1e-6)


def test_the_closed_cell_answers_with_the_same_gates(x, by_hand):
    before = by_hand["h"][:, 3]
    f, written = inside.ask_the_cell(x[:, 4], before)
    np.testing.assert_allclose(f, by_hand["f"][:, 4], rtol=0, atol=1e-6)
    np.testing.assert_allclose(written, (by_hand["i"] * by_hand["c_new"])[:, 4], rtol=0, atol=1e-6)


def test_all_comparisons_of_the_page_agree():
    values = inside.values()
    true = ("cells_same", "states_same", "last_same", "gates_same", "asked_same")
    assert all(values[name] for name in true)


def test_one_matrix_on_the_left_gives_the_same_forget_gate():
    """Olah's form, with the matrix that the page prints."""
    printed = np.array([[0.13, 0.04, 0.09, 0.03, -4.80], [-0.07, -0.54, 0.13, -0.02, -4.39]])
    values = inside.values()
    np.testing.assert_array_equal(values["W_olah"], printed)
    h = lstm(inside.x_new, inside.W, inside.U, inside.b)[5, 0, 2]
    z = printed @ np.array([h[0], h[1], -1, 1, 1]) + [3.22, 2.18]
    np.testing.assert_allclose(values["f_olah"], np.array(keras.ops.sigmoid(z)), rtol=0, atol=1e-7)
    np.testing.assert_allclose(
        values["f_olah"], lstm_trained.values()["f"][:, 3], rtol=0, atol=1e-12
    )
