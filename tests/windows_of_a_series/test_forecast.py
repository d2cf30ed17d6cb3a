"""What the page says of eight trainings, with room to spare; and the interval."""

import numpy as np
import pytest

from snippets.windows_of_a_series import forecast, mistakes


def test_the_interval_is_students():
    d = np.array([1.0, 2, 3, 4, 5, 6, 7, 8])
    stats = pytest.importorskip("scipy.stats")
    wanted = stats.t.interval(0.95, 7, d.mean(), stats.sem(d))
    np.testing.assert_allclose(forecast.interval(d), wanted, rtol=0, atol=1e-3)


@pytest.mark.claim
def test_claims():
    v = mistakes.values()
    assert v["growth"] > 1.5 and v["highest"] < 1.15 * v["lowest"]
    assert all(true for _, true in mistakes.claims(v).values())
    assert not any(true for _, true in mistakes.claims(v | {"growth": 1, "highest": 9}).values())
