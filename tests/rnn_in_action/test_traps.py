"""Each trap of the page, sprung."""

from math import exp, log

import keras
import numpy as np
import pytest

from snippets.rnn_in_action import traps
from snippets.rnn_in_action.model import make_pairs


@pytest.fixture(scope="module")
def values():
    return traps.values()


def test_padded_places_are_counted(values):
    expected = values["right"] * values["real"] / values["places"]
    assert values["padded"] == pytest.approx(expected, abs=1e-6)


def test_the_reduction_that_divides_by_the_weights_is_right():
    x, y = make_pairs(["BTXSE", "BPTVPXVVE"])
    p = np.random.default_rng(0).dirichlet(np.ones(7), size=y.shape)
    loss = keras.losses.SparseCategoricalCrossentropy(reduction="mean_with_sample_weight")
    weighted = loss(np.maximum(y, 0), p, sample_weight=y >= 0)
    ignoring = keras.losses.SparseCategoricalCrossentropy(ignore_class=-1)(y, p)
    assert float(weighted) == pytest.approx(float(ignoring), abs=1e-6)


def test_a_label_that_is_none():
    _, y = make_pairs(["BTXSE", "BPTVPXVVE"])
    p = np.full((*y.shape, 7), 1 / 7)
    message = r"Received a label value of -1 which is outside the valid range of \[0, 7\)\."
    with pytest.raises(Exception, match=message):
        keras.losses.SparseCategoricalCrossentropy()(y, p)


def test_a_second_softmax_in_the_loss(values):
    """A sure and right prediction costs log(e + 6) - 1 with it, and nothing without."""
    p, y = np.eye(7)[None, :1], np.array([[0]])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, p)
    assert float(loss) == pytest.approx(log(exp(1) + 6) - 1, abs=1e-6)
    assert values["twice"] > 1 > values["right"]


def test_who_sees_ahead(values):
    assert not values["sees_ahead"] and values["sees_ahead_both"]


def test_numbers_where_one_hot_rows_are_wanted():
    with pytest.raises(ValueError, match="expected ndim=3, found ndim=2"):
        keras.layers.SimpleRNN(12)(make_pairs(["BTXSE"])[0])


def test_a_temperature_on_probabilities(values):
    e = np.exp([2.0, 1.0, 0.0])
    again = np.exp(2 * e / e.sum())
    np.testing.assert_allclose(values["wrong_temperature"], again / again.sum(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["power"], e**2 / np.sum(e**2), rtol=0, atol=1e-12)
