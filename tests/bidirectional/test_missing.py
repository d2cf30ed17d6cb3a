"""What can be known of a hidden symbol: against all strings of the grammar, counted one by one."""

import numpy as np
import pytest

from snippets.bidirectional import missing as part
from snippets.reber.strings import SYMBOLS, accepts, legal


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_every_string_is_one_and_none_is_missing(values):
    every = part.all_strings(9)
    assert all(accepts(s) for s in every) and len(set(every)) == len(every)
    assert len(every) == sum(part_of_length(n) for n in range(10))
    assert values["all"] == sum(part_of_length(n) for n in range(15))


def part_of_length(n):
    """How many strings have n symbols: a power of the table of arrows, counted without the grammar's code."""
    arrows = np.zeros((8, 8), int)
    for a, b in ((0, 1), (1, 2), (1, 3), (2, 2), (2, 4), (3, 3), (3, 5), (4, 3)):
        arrows[a, b] += 1
    for a, b in ((4, 6), (5, 4), (5, 6), (6, 7)):
        arrows[a, b] += 1
    return np.linalg.matrix_power(arrows, n)[0, 7]


def test_chances_are_those_of_trying_each_symbol(values):
    strings, places = part.make_questions(200, seed=3)
    for s, k in zip(strings, places, strict=True):
        fits = [t for t in SYMBOLS if accepts(s[:k] + t + s[k + 1 :])]
        found = part.chances(s[:k], s[k + 1 :])
        assert [t for t, p in found.items() if p] == fits == [s[k]]
        before = part.chances(s[:k])
        assert sorted(before) == sorted(np.array(list(SYMBOLS))[legal(s)[k - 1]])
        assert set(before.values()) == {0.5}
    assert (values["one"], values["both"]) == (50, 100)


def test_the_place_tells_nothing(values):
    """As long as each string has it: else a blank far behind would speak for a long string."""
    strings, places = part.make_questions(3000, seed=4)
    assert min(map(len, strings)) == 5 and set(places) == {1, 2, 3}
    first = [s[1] == "T" for s, k in zip(strings, places, strict=True) if k == 1]
    assert abs(np.mean(first) - 0.5) < 0.06


def test_arrays(values):
    x, y = part.make_arrays(["BTXSE", "BPVVE"], [2, 1])
    assert x.tolist() == [[1, 2, 8, 3, 7], [1, 8, 6, 6, 7]]
    assert y.tolist() == [[-1, -1, 3, -1, -1], [-1, 4, -1, -1, -1]]
    _, y = part.make_arrays(["BTXSE", "BPTVVE"], [2, 1], at_end=True)
    assert y.tolist() == [[-1] * 4 + [3, -1], [-1] * 5 + [4]]


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    assert not any(true for _, true in part.claims(values | {"alike": 1}).values())
