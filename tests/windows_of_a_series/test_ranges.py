"""Ranges: nine of ten of the errors they were taken from lie inside; coverage is a share."""

import numpy as np

from snippets.windows_of_a_series import ranges as part


def test_of_their_own_errors_nine_of_ten_lie_inside():
    errors = np.random.default_rng(0).normal(size=(1000, 3))
    low, high = part.ranges(errors)
    np.testing.assert_allclose(part.covered(errors, low, high), 90, atol=0.2)
    np.testing.assert_allclose(low, -1.645, atol=0.2)


def test_values():
    v = part.values()
    assert 85 < v["seen_mean"] < v["share_mean"] < 95
    assert np.all(v["low"] < 0) and np.all(v["high"] > 0) and v["wider"] > 1.5
    claims = part.claims(v | {"first_true": 0})
    assert not claims["inside"][1] and part.claims(v)["inside"][1]
