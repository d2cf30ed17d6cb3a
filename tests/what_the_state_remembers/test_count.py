"""The counting LSTM: its strings, against Keras, and where it breaks."""

import keras
import numpy as np
import pytest

from snippets.what_the_state_remembers import count as page


@pytest.fixture(scope="module")
def weights():
    return page.counter_weights()


def test_strings_and_what_comes_next():
    x, y, weights = page.a_then_b(3, T=8)
    assert "".join("ab"[k] for k in x[:6].argmax(axis=1)) == "aaabbb" and not x[6:].any()
    assert y[:6].tolist() == [0, 0, 1, 1, 1, 2] and weights.tolist() == [1] * 6 + [0, 0]
    assert page.a_then_b(1)[1].tolist() == [1, 2]
    assert page.depths(3).tolist() == [1, 2, 3, 2, 1, 0]


def test_cells_equal_those_of_keras(weights):
    layer = keras.layers.LSTM(2, return_sequences=True, return_state=True, dtype="float64")
    layer.build((None, None, 2))
    layer.set_weights(weights[:3])
    for n in (1, 10, 38):
        c, answers = page.cells_and_answers(n, weights)
        states, _, last = layer(page.a_then_b(n)[0][None])
        np.testing.assert_allclose(c[-1], np.array(last)[0], rtol=0, atol=1e-11)
        assert (answers == (np.array(states)[0] @ weights[3] + weights[4]).argmax(axis=1)).all()


def test_correlation_equals_numpys():
    p, q = np.random.default_rng(0).normal(size=(2, 50))
    assert np.isclose(page.correlation(p, q), np.corrcoef(p, q)[0, 1], rtol=0, atol=1e-12)


def test_reach_is_the_last_before_the_first_failure(monkeypatch, weights):
    monkeypatch.setattr(page, "right", lambda n, weights: n not in (7, 9))
    assert page.reach(weights) == 6


@pytest.mark.claim
def test_a_cell_counts_and_breaks_far_beyond_the_training(weights):
    found = page.values()
    assert found["correlation"][0] > 0.99 > 0.5 > abs(found["correlation"][1])
    assert 25 < found["reach"] < 60 and found["down"] > found["up"]
    assert found["gates"][1] > 0.95


@pytest.mark.claim
def test_all_seeds_learn_the_training_lengths_and_most_have_a_counter():
    found = page.values()
    assert (found["reaches"] >= 10).all() and found["reaches"].max() < 100
    assert (found["correlations"] > 0.99).sum() == 5 and (found["correlations"] < 0.8).sum() == 3


def test_a_leaky_counter():
    """Exercise 4."""
    cell = 0.0
    for _ in range(20):
        cell = 0.98 * cell + 1
    limit = page.values()["leaky"]
    assert np.isclose(cell, limit[0], rtol=0, atol=1e-9) and np.isclose(
        0.98 * limit[1] + 1, limit[1]
    )
