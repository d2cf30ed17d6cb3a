"""Baselines counted out on small windows; the line against scikit-like normal equations; errors."""

import numpy as np
import pytest

from snippets.windows_of_a_series import baselines as part
from snippets.windows_of_a_series.series import TRAIN_END, make_series, parts


def test_naive_forecasts():
    x = np.arange(14.0)[None]
    assert part.last_value(x).tolist() == [[13] * 10]
    assert part.seasonal(x).tolist() == [[7, 8, 9, 10, 11, 12, 13, 7, 8, 9]]


def test_the_line_solves_the_normal_equations():
    x, y = parts(make_series())[0]
    A = part.with_one(x)
    C = np.linalg.solve(A.T @ A, A.T @ y)
    np.testing.assert_allclose(part.fit_line(x, y), C, rtol=0, atol=1e-8)


def test_feeding_back_repeats_the_rule():
    found = part.feed_back(np.array([[1.0, 1.0]]), lambda x: x.sum(axis=1), 5)
    assert found.tolist() == [[2, 3, 5, 8, 13]]


def test_errors():
    assert part.mae(np.array([[1, 2], [3, 4]]), np.array([[2, 2], [2, 1]])).tolist() == [1, 1.5]
    s = make_series()[:TRAIN_END]
    steps = [abs(s[t] - s[t - 7]) for t in range(7, len(s))]
    assert part.season_step(s) == pytest.approx(sum(steps) / len(steps))
