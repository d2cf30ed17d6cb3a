"""The variance of a product of random rows grows as their width does."""

import numpy as np
import pytest

from snippets.self_attention import scale as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_variance(values):
    """A mean of 50000 squares of variance d: its relative error is about sqrt(2 / 50000)."""
    np.testing.assert_allclose(values["variance"] / part.SIZES, 1, rtol=0, atol=0.05)


def test_large_scores_choose_and_scaled_ones_do_not(values):
    assert np.all(np.diff(values["plain"]) > 0) and values["plain"][-1] > 0.9
    assert np.ptp(values["scaled"]) < 0.03


def test_the_largest_of_ten_as_drawn_otherwise(values):
    """Scores of wide rows are nearly normal: drawn directly, ten at a time."""
    rng = np.random.default_rng(99)
    for factor, found in ((16, values["plain"][-1]), (1, values["scaled"][-1])):
        powers = np.exp(factor * rng.normal(size=(5000, 10)))
        largest = (powers / powers.sum(axis=1, keepdims=True)).max(axis=1).mean()
        assert found == pytest.approx(largest, abs=0.02)
