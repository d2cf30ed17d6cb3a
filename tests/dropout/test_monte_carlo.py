"""Many answers: their mean is that of all cases, weighed by their chances."""

import itertools

import numpy as np
import pytest

from snippets.dropout import monte_carlo as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_the_mean_of_all_cases(values):
    total = 0.0
    for a, c, p, q in itertools.product((0, 1.25), repeat=4):
        chance = np.prod([0.2 if d == 0 else 0.8 for d in (a, c, p, q)])
        g = h = 0.0
        for first, second in part.x[0]:
            g, h = (
                np.tanh(0.5 * first * a + 0.2 * second * c + 0.6 * g * p - 0.4 * h * q + 0.1),
                np.tanh(-0.3 * first * a + 0.4 * second * c + 0.2 * g * p + 0.5 * h * q),
            )
        total += chance * g
    assert values["exact"] == pytest.approx(total, abs=1e-12)


def test_other_seeds_give_nearly_the_same(values):
    for seed in (2, 3):
        found = part.interval(part.answers(seed))
        assert found[0] == pytest.approx(values["exact"], abs=4 * values["error"])
        assert found[1] < values["exact"] < found[2]
    assert 8 < values["distinct"] <= values["pairs"] == 16


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = {**values, "interval": np.ones(3), "plain": values["exact"]}
    assert not any(true for _, true in part.claims(other).values())
