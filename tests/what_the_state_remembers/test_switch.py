"""Units switched off and exchanged: that only these are changed, and what it does."""

import numpy as np
import pytest

from snippets.what_the_state_remembers import switch as page
from snippets.what_the_state_remembers.stack import inner_strings, run, twins


@pytest.fixture(scope="module")
def found():
    return page.values()


@pytest.fixture(scope="module")
def small():
    x, labels = twins(inner_strings(6))
    return x, labels, page.stack_weights()


def keep_runs(monkeypatch):
    """Let the page's run() keep what it returns in the list returned here."""
    kept = []

    def kept_run(*arguments):
        kept.append(run(*arguments))
        return kept[-1]

    monkeypatch.setattr(page, "run", kept_run)
    return kept


def test_switching_off_holds_one_unit_at_its_mean(small, monkeypatch):
    x, _, weights = small
    means = np.arange(16 * 2 * 2 * 8).reshape(16, 2, 2, 8) / 1000
    kept = keep_runs(monkeypatch)
    page.switch_off(x, weights, [(1, 3)], means)
    steps, free = kept[0][0], run(x, weights)[0]
    assert (steps[:, 1, :, :, 3] == means[:8, 1, :, None, 3]).all()
    assert (steps[:, 0] == free[:, 0]).all() and (steps[0, 1, :, :, 4] == free[0, 1, :, :, 4]).all()


def test_exchanging_crosses_twins_once(small, monkeypatch):
    x, _, weights = small
    kept = keep_runs(monkeypatch)
    page.exchange(x, weights, 0, 2, step=4)
    steps, free = kept[0][0], run(x, weights)[0]
    assert (steps[:4] == free[:4]).all()
    assert (steps[4, 0, :, ::2, 2] == free[4, 0, :, 1::2, 2]).all()
    assert (steps[4, 0, :, 1::2, 2] == free[4, 0, :, ::2, 2]).all()
    assert (np.delete(steps[4, 0], 2, axis=2) == np.delete(free[4, 0], 2, axis=2)).all()


def test_kept_and_legal_count_what_they_say(small):
    x, labels, _ = small
    scores = np.zeros((len(x), 8, 7))
    scores[:, -1, 1] = 1  # always T
    assert page.kept(scores, labels) == 0.5
    scores[:, 2:-1] = np.roll(x, -1, axis=1)[:, 2:-1]  # what really comes next
    assert page.inner_legal(x, scores) == 1
    scores[0, 3] = np.eye(7)[0]  # a B inside
    assert page.inner_legal(x, scores) == 1 - 1 / (5 * len(x))


@pytest.mark.claim
def test_one_unit_turns_every_answer_and_no_other_does(found):
    exchanged = found["exchanged"].ravel()
    assert exchanged[1] < 5 and (np.delete(exchanged, 1) > 95).all()
    assert abs(found["off"][0, 1] - 50) < 5 and found["off_legal"][0, 1] > 98
    assert found["kept"] > 98 and found["legal"] > 99


@pytest.mark.claim
def test_a_unit_that_is_read_but_not_used_and_one_that_zero_misjudges(found):
    assert found["off"][0, 6] < 95 < found["exchanged"][0, 6] and found["zero"][0, 6] < 60


@pytest.mark.claim
def test_most_units_do_no_harm_alone_and_much_together(found):
    assert found["harmless"] >= 9
    assert found["together"] < 80 and found["together_legal"] < 95


@pytest.mark.claim
def test_the_symbol_is_handed_on_at_the_end(found):
    """Exercise 3."""
    at = found["exchanged_at"]
    assert at[0] > 95 and (at[1:14] < 25).all() and (at[14:] > 85).all()
