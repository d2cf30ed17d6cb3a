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


def test_spaced_windows_end_before_the_part_does():
    x, y = part.spaced(np.arange(40), 7, 2, 13, 5, 25)
    assert x[0].tolist() == [5, 7, 9, 11, 13, 15, 17] and y[0] == 18
    assert x[-1, -1] == 23 and y[-1] == 24


def test_what_leaks_promise():
    v = part.values()
    assert v["itself"] == 0 and v["straddle"] == 23
    assert v["rate_wrong"] < v["rate_right"]
    assert np.all(v["promised"] < v["kept"])
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
    assert not any(t for _, t in part.claims(v | {"kept": 3.1, "itself": 0.1}).values())
