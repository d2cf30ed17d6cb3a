"""The exercises: counts by arithmetic, reach by nudging pixels of a film."""

import numpy as np
import pytest

from snippets.convlstm import exercises
from snippets.layers.conv_lstm import conv_lstm, correlate


@pytest.fixture(scope="module")
def values():
    return exercises.values()


def test_counts(values):
    assert values["block"] == 25 * 19 + 1
    assert values["colour"] == 64 * values["block"]


def test_a_window_of_one_place_is_an_lstm_for_each_place(values):
    """By hand, beside Keras's layers in the snippet."""
    rng = np.random.default_rng(5)
    film = rng.normal(size=(3, 2, 3, 2))
    W, U, b = rng.normal(size=(1, 1, 2, 8)), rng.normal(size=(1, 1, 2, 8)), rng.normal(size=8)
    apart = exercises.with_one_pixel(film, W, U, b)
    np.testing.assert_allclose(conv_lstm(film, W, U, b)[-1], apart, rtol=0, atol=1e-12)
    assert values["from_lstm"]


@pytest.mark.parametrize(("T", "n"), [(1, 9), (2, 25), (3, 49)])
def test_how_far_a_state_looks_back(values, T, n):
    """By windows of windows of ones: what has come to the middle."""
    ones, seen = np.ones((3, 3, 1, 1)), np.zeros((11, 11, 1))
    seen[5, 5] = 1
    for _ in range(T):
        seen = correlate(seen, ones)
    assert np.sum(seen > 0) == n == values["reach"][T - 1] == values["sides"][T - 1] ** 2


def test_claims_follow_the_values(values):
    assert all(true for _, true in exercises.claims(values).values())
    assert not any(true for _, true in exercises.claims({"from_lstm": False}).values())
