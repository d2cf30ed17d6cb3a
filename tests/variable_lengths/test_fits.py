"""What the trainings with four kinds of batches gave, and their parts."""

import numpy as np
import pytest

from snippets.reber.strings import legal
from snippets.variable_lengths import fits as page


def record(name):
    return page.values()[name]


def test_excess_is_zero_for_the_grammar_and_known_for_the_uniform_answer():
    strings = ["BTXSE", "BPTVPSE"]

    def grammar(x):
        p = np.full(x.shape, 1e-30)
        for n, string in enumerate(strings):
            p[n, : len(string) - 1] += legal(string[:-1])
        return p / p.sum(-1, keepdims=True)

    np.testing.assert_allclose(page.excess(grammar, strings), 0, rtol=0, atol=1e-9)
    # B T X S E: four steps, at three of them two symbols may follow.
    uniform = page.excess(lambda x: np.full(x.shape, 1 / 7), strings)
    np.testing.assert_allclose(uniform[0], np.log(7) - 3 / 4 * np.log(2))


@pytest.mark.claim
def test_mixed_batches_end_lower_than_similar_ones_for_every_seed():
    for part in ("short", "long"):
        assert np.all(record(f"mixed_{part}") < record(f"similar_{part}"))
        assert record(f"mixed_{part}").mean() < record(f"one_length_{part}").mean()
        assert record(f"one_length_{part}").mean() < record(f"similar_{part}").mean()


@pytest.mark.claim
def test_one_fit_after_the_other_fails():
    for part in ("short", "long"):
        assert np.all(record(f"to_the_end_{part}") > 5 * record(f"similar_{part}"))


@pytest.mark.claim
def test_longer_training_costs_as_much_as_mixed_batches_and_gives_as_much():
    assert 1.8 < record("cost") < 2.6 and 0.85 < record("cost_longer") < 1.15
    for part in ("short", "long"):
        assert 0.6 < record(f"longer_{part}").mean() / record(f"mixed_{part}").mean() < 1.6
    assert len(record("mixed_short")) == page.SEEDS == 5
