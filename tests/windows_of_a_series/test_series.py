"""The series is what its parts say, and no window of a part has a target in another."""

import numpy as np

from snippets.windows_of_a_series import series as part


def test_the_series_is_trend_week_and_noise():
    s = part.make_series()
    rest = s - 60 - 24 * np.arange(1096) / 1096 - np.tile([0, 2, 3, 4, 8, 12, -6], 157)[:1096]
    shocks = rest[1:] - 0.8 * rest[:-1]
    drawn = np.random.default_rng(0).normal(0, 2, 1096)
    np.testing.assert_allclose(shocks, drawn[1:], rtol=0, atol=1e-9)


def test_targets_lie_in_their_part():
    days = np.arange(1096)
    edges = [(0, 730), (730, 912), (912, 1096)]
    for (x, y), (begin, end) in zip(part.parts(days), edges):
        assert y.min() == max(begin, 14) and y.max() == end - 1
        assert np.all(np.diff(np.hstack([x, y]), axis=1) == 1)


def test_counts():
    v = part.values()
    assert v["counts"].tolist() == [730 - 23, 182 - 9, 184 - 9]
    assert v["all"] == 1096 - 23 and v["straddle"] == 23
