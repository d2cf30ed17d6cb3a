"""Strings as arrays: batches, spoilt strings, and the labels that go with them."""

import numpy as np

from snippets.reber.strings import SYMBOLS, accepts
from snippets.rnn_api.arrays import batch, make_data, spoil


def test_a_batch_holds_each_symbol_of_each_string():
    strings = ["BTXSE", "BPVVE", "BTSXE"]
    x = batch(strings)
    assert x.shape == (3, 5, 7)
    assert ["".join(SYMBOLS[np.flatnonzero(row)[0]] for row in rows) for rows in x] == strings


def test_a_spoilt_string_differs_in_one_symbol_and_is_not_legal():
    rng = np.random.default_rng(3)
    for string in ["BTXSE", "BPVVE", "BTSSXXVVE"] * 10:
        changed = spoil(rng, string)
        assert sum(a != b for a, b in zip(string, changed)) == 1 and not accepts(changed)


def test_labels_say_which_strings_are_legal():
    strings, y = make_data(N=60, T=12, seed=4)
    assert y.shape == (60, 1) and {len(s) for s in strings} == {12}
    assert [accepts(s) for s in strings] == list(y[:, 0] == 1)
    assert 15 < y.sum() < 45
