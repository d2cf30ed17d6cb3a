"""Two symbols tell the node, and counting them does as well as a network."""

from collections import Counter
from math import log

import numpy as np
import pytest

from snippets.reber.strings import GRAMMAR
from snippets.rnn_in_action import trigram as two
from snippets.rnn_in_action.model import make_strings


def test_the_last_two_symbols_tell_the_node():
    nodes = {}
    for ways in GRAMMAR.values():
        for first, between in ways.items():
            for second, after in GRAMMAR[between].items():
                nodes.setdefault(first + second, set()).add(after)
    assert all(len(found) == 1 for found in nodes.values())
    assert nodes["XT"] == {3} and nodes["BT"] == {2}


def test_one_symbol_does_not():
    after_t = {way["T"] for way in GRAMMAR.values() if "T" in way}
    assert after_t == {2, 3}


def test_its_loss_one_symbol_at_a_time():
    training, test = make_strings()
    triples = Counter(t for s in training for t in zip("B" + s, s, s[1:]))
    pairs = Counter((a, b) for a, b, _ in triples.elements())
    lost = [
        -log(triples[a, b, c] / pairs[a, b]) for s in test for a, b, c in zip("B" + s, s, s[1:])
    ]
    v = two.values()
    assert v["loss"] == pytest.approx(np.mean(lost), abs=1e-12)
    assert v["legal"] == v["strict"] == len(test)
    assert v["all_rows"] == 49 and v["ten"] == 7**10
