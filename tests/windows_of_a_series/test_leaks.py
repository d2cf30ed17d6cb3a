"""Leaks: the nearest windows by a plain loop, the shuffles, and what each leak promises."""

import numpy as np
import pytest

from snippets.windows_of_a_series import leaks as part
from snippets.windows_of_a_series.series import make_series


def test_the_nearest_by_a_loop():
    rng = np.random.default_rng(0)
    x, y, new = rng.normal(size=(9, 4)), rng.normal(size=(9, 2)), rng.normal(size=(3, 4))
    for row, found in zip(new, part.nearest(x, y, new)):
        order = sorted(range(9), key=lambda i: sum((row - x[i]) ** 2))[:3]
        np.testing.assert_allclose(found, sum(y[i] for i in order) / 3, rtol=0, atol=1e-12)


def test_the_nearest_about_their_own_means_do_not_know_the_level():
    rng = np.random.default_rng(1)
    x, y, new = rng.normal(size=(9, 4)), rng.normal(size=(9, 2)), rng.normal(size=(3, 4))
    found = part.nearest_own(x, y, new)
    for row, forecast in zip(new, found):
        apart = [sum(((row - row.mean()) - (other - other.mean())) ** 2) for other in x]
        order = np.argsort(apart)[:3]
        expected = sum(y[i] - x[i].mean() for i in order) / 3 + row.mean()
        np.testing.assert_allclose(forecast, expected, rtol=0, atol=1e-12)
    # A week that repeats on a rise is known at any height: what the plain one cannot say.
    s = np.arange(99.0) + np.tile([0, 2, 3, 4, 8, 12, -6], 15)[:99]
    at = np.arange(99 - 9)
    x, y = s[at[:, None] + np.arange(7)], s[at[:, None] + 7 + np.arange(2)]
    known, asked = (x[:60], y[:60]), (x[70:], y[70:])
    assert part.error(part.nearest_own, known, asked) < 1e-9
    assert part.error(part.nearest, known, asked) > 10


def test_spaced_windows_end_before_the_part_does():
    x, y = part.spaced(np.arange(40), 7, 2, 13, 5, 25)
    assert x[0].tolist() == [5, 7, 9, 11, 13, 15, 17] and y[0] == 18
    assert x[-1, -1] == 23 and y[-1] == 24


def test_what_leaks_promise():
    v = part.values()
    assert v["itself"] == 0 and v["straddle"] == 23
    assert v["rate_wrong"] < v["rate_right"]
    assert np.all(v["promised"] < v["kept"])
    assert v["own_kept"] < v["own_promised"] < v["kept"]
    assert v["near_straddle"] < v["kept"] and abs(v["line_straddle"] - v["line_kept"]) < 0.01


def test_each_window_is_set_aside_or_known():
    s = make_series()[:60]
    x = np.lib.stride_tricks.sliding_window_view(s, 14)
    seen = []

    def method(known, y, asked):
        seen.append(len(known) + len(asked))
        assert not {*map(tuple, known)} & {*map(tuple, asked)}
        return np.zeros(len(asked))

    errors = part.shuffled(method, x, np.ones(len(x)))
    assert seen == [47] * 20 and errors == pytest.approx(np.ones(20))


def test_claims_follow_the_values():
    v = part.values()
    assert all(true for _, true in part.claims(v).values())
    assert not any(
        t for _, t in part.claims(v | {"kept": 3.1, "itself": 0.1, "own_kept": 3.3}).values()
    )
