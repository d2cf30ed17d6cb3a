"""The baselines and the two measures, counted and drawn in other ways."""

from collections import Counter
from math import log

import numpy as np
import pytest

from snippets.reber.strings import GRAMMAR, SYMBOLS, legal, reber, walk
from snippets.rnn_in_action import baselines
from snippets.rnn_in_action.model import make_pairs, make_strings


@pytest.fixture(scope="module")
def values():
    return baselines.values()


def test_pairs_are_counted_rightly():
    strings, _ = make_strings()
    counted = Counter(pair for s in strings for pair in zip(s, s[1:]))
    counts = baselines.count_pairs(strings)
    for i, a in enumerate(SYMBOLS):
        for j, b in enumerate(SYMBOLS):
            assert counts[i, j] == counted[a, b]


def test_the_loss_of_the_bigram_one_symbol_at_a_time(values):
    training, test = make_strings()
    pairs = Counter(pair for s in training for pair in zip(s, s[1:]))
    first = Counter(symbol for s in training for symbol in s[:-1])
    lost = [-log(pairs[a, b] / first[a]) for s in test for a, b in zip(s, s[1:])]
    assert values["loss"] == pytest.approx(np.mean(lost), abs=1e-12)
    likeliest = {a: max(SYMBOLS, key=lambda b: pairs[a, b]) for a in SYMBOLS}
    right = [likeliest[a] in GRAMMAR[node] for s in test for a, node in zip(s[:-1], walk(s)[1:])]
    assert values["steps"] == pytest.approx(100 * np.mean(right))


def test_places_without_a_question_are_left_out():
    p = np.full((1, 3, 7), 1 / 7)
    p[0, 0, 2] = 0.5
    p[0, 2] = 1e-9
    y = np.array([[2, 4, -1]])
    assert baselines.cross_entropy(p, y) == pytest.approx((log(2) + log(7)) / 2)


def test_one_slip_anywhere_and_the_string_does_not_count():
    strings = ["BTXSE", "BPTVPXVVE"]
    p = np.zeros((2, 8, 7))
    for n, string in enumerate(strings):
        rows = legal(string)[:-1]
        p[n, : len(rows)] = rows / rows.sum(axis=1, keepdims=True)
    assert baselines.legal_throughout(p, strings).tolist() == [True, True]
    assert baselines.all_and_only(p, strings).tolist() == [True, True]
    for n, string in enumerate(strings):
        for t in range(len(string) - 1):
            slip = p.copy()
            slip[n, t] = np.where(legal(string)[t], 0, 1)
            assert baselines.legal_throughout(slip, strings).tolist() == [n != 0, n != 1]
            only = p.copy()
            only[n, t] = 0.9 * legal(string)[t] + 0.3  # all, but not only
            assert baselines.legal_throughout(only, strings).all()
            assert baselines.all_and_only(only, strings).tolist() == [n != 0, n != 1]
    one_of_two = p.copy()
    one_of_two[0, 0] = np.eye(7)[1]  # T alone after B: legal, but not all
    assert baselines.legal_throughout(one_of_two, strings).all()
    assert baselines.all_and_only(one_of_two, strings).tolist() == [False, True]


def test_expected_visits_in_random_strings(values):
    rng = np.random.default_rng(5)
    visits = np.zeros(8)
    for _ in range(1500):
        np.add.at(visits, walk(reber(rng)), 1)
    np.testing.assert_allclose(values["visits"], visits / 1500, rtol=0, atol=0.2)
    np.testing.assert_allclose(values["visits"], [1, 1, 1, 2, 1, 1, 1, 1], rtol=0, atol=1e-12)


def test_the_best_loss_is_that_of_the_true_probabilities(values):
    _, test = make_strings()
    _, y = make_pairs(test)
    p = np.ones((*y.shape, 7))
    for n, string in enumerate(test):
        rows = legal(string)[:-1]
        p[n, : len(rows)] = rows / rows.sum(axis=1, keepdims=True)
    assert values["best_test"] == pytest.approx(baselines.cross_entropy(p, y), abs=1e-12)
    assert values["best"] == pytest.approx(6 / 7 * log(2), abs=1e-12)


def test_a_random_guess():
    chance = (2 / 7) ** 3 * (1 / 7)  # BTXSE: three choices of two, then E
    assert np.prod(legal("BTXSE")[:-1].sum(axis=1) / 7) == pytest.approx(chance)


def test_no_bigram_predicts_another_string_than_btxse(values):
    """Exercise 4: for each symbol, one prediction must be legal wherever the symbol stands."""
    _, test = make_strings()
    possible = set()
    for string in {*test, "BTXSE", "BTSXSE", "BPVVE", "BPVPSE", "BPTVPSE", "BTXXVVE"}:
        allowed = {}
        for symbol, node in zip(string[:-1], walk(string)[1:]):
            allowed[symbol] = allowed.get(symbol, set(GRAMMAR[node])) & set(GRAMMAR[node])
        if all(allowed.values()):
            possible.add(string)
    assert possible == {"BTXSE"}
    assert values["btxse"] == sum(string == "BTXSE" for string in test)
    assert values["legal_count"] == values["strict_count"] == 0
