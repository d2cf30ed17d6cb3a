"""The strings: drawn, walked, counted, against what is known of the grammar."""

import itertools
import re

import numpy as np
import pytest

from snippets.reber.strings import (
    GRAMMAR,
    SYMBOLS,
    accepts,
    accepts_embedded,
    count,
    embedded,
    legal,
    one_hot,
    reber,
    reber_of_length,
    walk,
)

# The same language as a regular expression: written down apart from the automaton.
PATTERN = re.compile(r"B(TS*X(XT*V(PXT*V)*(V|PS)|S)|PT*V(PXT*V)*(V|PS))E")


@pytest.fixture
def rng():
    return np.random.default_rng(7)


def test_random_strings_are_accepted(rng):
    for string in [reber(rng) for _ in range(300)]:
        assert PATTERN.fullmatch(string) and accepts(string)


def test_all_short_strings_are_judged_as_by_the_regular_expression():
    for length in range(4, 7):
        for middle in itertools.product("TSXPV", repeat=length - 2):
            string = f"B{''.join(middle)}E"
            assert accepts(string) == bool(PATTERN.fullmatch(string)), string


@pytest.mark.parametrize("string", ["", "B", "BTXS", "TXSE", "BTXSEE", "BTXSEB"])
def test_what_is_no_whole_string(string):
    assert not accepts(string)


def test_count_is_the_number_of_strings():
    for length in range(5, 9):
        strings = (
            f"B{''.join(middle)}E" for middle in itertools.product("TSXPV", repeat=length - 2)
        )
        assert count(0, length) == sum(bool(PATTERN.fullmatch(s)) for s in strings)


def test_strings_of_a_length_are_equally_likely(rng):
    drawn = [reber_of_length(rng, 8) for _ in range(700)]
    assert all(len(s) == 8 and accepts(s) for s in drawn)
    counts = [drawn.count(s) for s in sorted(set(drawn))]
    assert len(counts) == 7 and min(counts) > 58 and max(counts) < 142  # 100 each, 4.5 sigma


def test_a_length_that_no_string_has(rng):
    with pytest.raises(ValueError, match="no Reber string has 4 symbols"):
        reber_of_length(rng, 4)


def test_embedded_strings(rng):
    for length in (None, 5, 30):
        string = embedded(rng, length)
        assert accepts_embedded(string)
        other = {"T": "P", "P": "T"}[string[1]]
        assert not accepts_embedded(string[:-2] + other + "E")
        assert length is None or len(string) == length + 4
    assert {embedded(rng)[1] for _ in range(30)} == {"T", "P"}


def test_one_hot_and_legal():
    string = "BTSXSE"
    assert [SYMBOLS[i] for i in one_hot(string).argmax(axis=1)] == list(string)
    assert one_hot(string).sum() == 6
    assert walk(string) == [0, 1, 2, 2, 4, 6, 7]
    allowed = ["".join(s for s, ok in zip(SYMBOLS, row) if ok) for row in legal(string)]
    assert allowed == ["TP", "SX", "SX", "SX", "E", ""]


def test_the_last_two_symbols_tell_the_node():
    """As the page says: no Reber string needs a longer memory."""
    after = {}
    for first, ways in GRAMMAR.items():
        for one, node in ways.items():
            for two, end in GRAMMAR[node].items():
                after.setdefault(one + two, set()).add(end)
    assert len(after) > 15 and all(len(ends) == 1 for ends in after.values())


def test_strings_of_the_page():
    assert walk("BTSVSE") is None and walk("BTS")[-1] == 2 and "V" not in GRAMMAR[2]
    assert sum(len(ways) == 2 for ways in GRAMMAR.values()) == 5
