"""A SimpleRNN with weights by hand keeps the symbols; what its trainings gave."""

import keras
import numpy as np
import pytest

from snippets.lstm import model as lstm
from snippets.lstm import simple_by_hand as simple


def test_two_tanh_units_make_a_product():
    """The equation of the page, for both signs with and without a mark."""
    for sign in (-1, 1):
        for mark in (0, 1):
            first, second = (
                np.tanh(10 * sign + 10 * mark - 15),
                np.tanh(-10 * sign + 10 * mark - 15),
            )
            assert (first - second) / 2 == pytest.approx(sign * mark, abs=1e-4)


@pytest.mark.parametrize("T", [1, 8, 100])
def test_the_weights_by_hand_keep_every_symbol(T):
    layer = keras.layers.SimpleRNN(4, return_sequences=True)
    dense = keras.layers.Dense(2, activation="sigmoid")
    layer.build((None, T, 3))
    dense.build((None, 4))
    layer.set_weights([simple.W, simple.U, simple.b])
    dense.set_weights([simple.W_y, simple.b_y])
    x, y = lstm.make_data(300, T, 11)
    np.testing.assert_array_equal(np.array(dense(layer(x))) > 0.5, y.astype(bool))
    assert simple.right() == 100


def test_a_mark_less_or_a_wrong_weight_shows(monkeypatch):
    monkeypatch.setattr(simple, "U", simple.U / 10)
    assert simple.right() < 90


def test_with_product():
    x = np.array([[[1.0, -1, 1], [-1, 1, 0]]])
    assert simple.with_product(x).tolist() == [[[1, -1, 1], [0, 0, 0]]]


@pytest.mark.claim
def test_what_the_trainings_gave():
    values = simple.values()
    assert len(values["product"]) == len(values["long"]) == simple.SEEDS
    assert values["solved_product"] >= 9
    assert values["solved_product"] == (values["product"] < 0.01).sum()
    assert values["solved_long"] == (values["long"] < 0.01).sum()


def test_a_claim_fails_where_chance_explains_the_gain():
    values = simple.values()
    assert all(true for _, true in simple.claims(values).values())
    other = {**values, "gain_long": np.array([-1.0, 60.0])}
    assert not any(true for _, true in simple.claims(other).values())
