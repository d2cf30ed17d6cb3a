"""What the page says of eight trainings, with room to spare; and the interval."""

import numpy as np
import pytest

from snippets.windows_of_a_series import forecast, mistakes, ranges


def test_the_interval_is_students():
    d = np.array([1.0, 2, 3, 4, 5, 6, 7, 8])
    stats = pytest.importorskip("scipy.stats")
    wanted = stats.t.interval(0.95, 7, d.mean(), stats.sem(d))
    np.testing.assert_allclose(ranges.interval(d), wanted, rtol=0, atol=1e-3)


@pytest.mark.claim
def test_claims():
    v = mistakes.values()
    assert v["growth"] > 1.5 and v["highest"] < 1.15 * v["lowest"]
    assert all(true for _, true in mistakes.claims(v).values())
    assert not any(true for _, true in mistakes.claims(v | {"growth": 1, "highest": 9}).values())


@pytest.mark.claim
def test_what_eight_seeds_say():
    v = forecast.values()
    assert all(true for _, true in forecast.claims(v).values())
    other = {"better": 7, "fed_over_line": [-0.3, -0.1], "peeked_over_scaled": [-0.3, -0.1]}
    other["season_mean"] = 9
    assert not any(true for _, true in forecast.claims(v | other).values())
    assert v["ahead_of_line"][0] > 0.2 and v["fed_over_direct"][0] > 0.1
    assert 85 < v["inside_mean"] < 97 and v["direct_mase"] < 0.85
    assert v["trainings"] == 32 and v["seeds"] == 8
