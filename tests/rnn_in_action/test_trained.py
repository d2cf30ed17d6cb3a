"""The recorded model against Keras, and what the page reads from it."""

from math import log, prod

import numpy as np
import pytest

from snippets.reber.strings import SYMBOLS, accepts, legal
from snippets.rnn_in_action import trained
from snippets.rnn_in_action.generate import generate, sampler
from snippets.rnn_in_action.model import (
    make_pairs,
    make_strings,
    next_symbol_model,
    numbers,
)
from snippets.rnn_in_action.seeds import predict


@pytest.fixture(scope="module")
def values():
    return trained.values()


@pytest.fixture(scope="module")
def model():
    model = next_symbol_model()
    model.set_weights(trained.trained())
    return model


def test_prediction_by_hand_is_that_of_keras(model):
    x, _ = make_pairs(make_strings()[1][:50])
    by_hand = predict(x, trained.trained())
    np.testing.assert_allclose(by_hand, np.array(model(x)), rtol=0, atol=2e-6)


def test_rounding_the_weights_does_no_harm(values):
    assert values["legal"] == values["strict"] == 500
    assert values["loss"] < 0.61


def test_the_cross_entropy_of_one_string(values, model):
    p = np.array(model(numbers("BTXS")[None]))[0]
    right = [float(p[t, SYMBOLS.index(symbol)]) for t, symbol in enumerate("TXSE")]
    np.testing.assert_allclose(values["right"], right, rtol=0, atol=2e-6)
    assert values["mean_surprise"] == pytest.approx(-sum(map(log, right)) / 4, abs=1e-5)
    assert values["p_string"] == pytest.approx(prod(right), abs=1e-5)
    assert abs(values["p_string"] - 1 / 8) < 0.01


def test_the_figure_shows_the_legal_symbols(values):
    assert ((values["p"].T > 0.4) == legal(trained.SHOWN)[:-1]).all()


def test_after_what_no_string_begins_with(values):
    assert not accepts("BX" + "SE") and SYMBOLS[values["wrong_symbol"]] == "V"


def test_the_state_comes_back_round_after_round(values, model):
    """By Keras, in float32: the same states two rounds later."""
    x = numbers("BP" + "TVPX" * 4)[None]
    for layer in model.layers[:2]:
        x = layer(x)
    states = np.array(x)[0, 5::4]
    changes = np.abs(np.diff(states, axis=0)).max(axis=1)
    np.testing.assert_allclose(values["round_changes"][:3], changes, rtol=0, atol=2e-6)
    assert (np.diff(values["round_changes"]) < 0).all()


def test_without_its_state_the_network_writes_nonsense(values):
    weights = trained.trained()
    rng = np.random.default_rng(9)
    carried = [accepts(generate(weights, sampler(rng))) for _ in range(100)]
    assert values["forgetful"] < 5 < 90 < 100 * np.mean(carried)


def test_the_likeliest_symbol_often_does_not_come(values):
    """With 6 choices in 7 steps, 3 in 7 are missed on average."""
    assert values["not_the_likeliest"] == pytest.approx(100 * 3 / 7, abs=5)
