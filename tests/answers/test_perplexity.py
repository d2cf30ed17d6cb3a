"""Perplexity by roots and means: 2, 4 in one batch, 20, 40 in the other."""

import pytest

from snippets.answers import perplexity as answer


def test_the_perplexity_of_all_steps_is_their_geometric_mean():
    assert answer.values()["perplexity"] == pytest.approx((2 * 4 * 20 * 40) ** (1 / 4), rel=1e-6)


def test_the_mean_of_two_batches_is_another_number():
    expected = ((2 * 4) ** 0.5 + (20 * 40) ** 0.5) / 2
    assert answer.values()["mean_of_batches"] == pytest.approx(expected, rel=1e-6)
