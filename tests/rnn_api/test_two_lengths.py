"""Encoder and decoder: T symbols in, two out."""

import numpy as np
import pytest

from snippets.reber.strings import SYMBOLS, embedded
from snippets.rnn_api import two_lengths as two
from snippets.rnn_api.arrays import batch
from tests.site.every_page.test_records import recorded


@pytest.mark.parametrize("length", [None, 5, 60])
def test_each_string_gets_its_own_end(length):
    rng = np.random.default_rng(11)
    for string in [embedded(rng, length) for _ in range(20)]:
        assert two.finish(string[:-2]) == string[-2:]


def test_keras_gives_the_same_with_two_strings_at_once():
    model = two.build_model()
    strings = ["BTBTXSSE", "BPBPVPSE"]  # no whole inner string: the encoder does not mind
    before = batch(["ET", "EP"])
    y = np.array(model([batch(strings), np.tile(two.start, (2, 1)), before]))
    assert ["".join(SYMBOLS[k] for k in row.argmax(axis=-1)) for row in y] == ["TE", "PE"]
    assert y.max(axis=-1).min() > 0.999


def test_shapes_and_parameters():
    values = {name: entry["value"] for name, entry in recorded("rnn_api.two_lengths").items()}
    T = len(values["first"][0])
    assert values["shapes"] == [[1, T, 7], [1, 2, 7], [1, 2, 7]]
    encoder = 7 * 3 + 3 * 3 + 3
    assert values["parameters"] == 2 * encoder + 3 * 7 + 7
    assert values["parameters_repeat"] == encoder + (3 * 3 + 3 * 3 + 3) + 3 * 7 + 7
    assert values["shape_repeat"] == [1, 2, 7]
    assert values["right"] == values["written"] == 200 and values["lengths"][0] == 7
