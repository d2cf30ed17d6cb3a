"""One to many: what the layer writes."""

from collections import Counter

import numpy as np
import pytest

from snippets.reber.strings import accepts
from snippets.rnn_api import generate


def test_keras_and_numpy_write_the_same_legal_strings():
    rnn, dense = generate.layers()
    first, second = np.random.default_rng(8), np.random.default_rng(8)
    for _ in range(3):
        string = generate.write(first, rnn, dense)
        assert string == generate.write_by_hand(second) and accepts(string)


def test_strings_come_as_often_as_the_coin_says():
    rng = np.random.default_rng(9)
    counts = Counter(generate.write_by_hand(rng) for _ in range(800))
    # BPVVE: three forks (P, V, V), one half each.
    assert counts["BPVVE"] / 800 == pytest.approx(1 / 8, abs=0.05)
    assert counts["BTXSE"] / 800 == pytest.approx(1 / 8, abs=0.05)


def test_writing_stops_where_it_is_told_to():
    assert len(generate.write_by_hand(np.random.default_rng(0), longest=3)) == 3


def test_softmax_of_large_numbers():
    np.testing.assert_allclose(generate.softmax(np.array([1000.0, 1000.0, 0.0])), [0.5, 0.5, 0])
    z = np.array([[0.0, np.log(3)], [1, 1]])
    np.testing.assert_allclose(generate.softmax(z), [[0.25, 0.75], [0.5, 0.5]], rtol=1e-12)
