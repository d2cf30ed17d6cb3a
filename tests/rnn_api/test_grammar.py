"""The layer that knows the grammar: on every string, against the walk through the map."""

import itertools

import keras
import numpy as np
import pytest

from snippets.reber.strings import accepts, legal, reber, walk
from snippets.rnn_api import grammar
from snippets.rnn_api.arrays import batch
from tests.site.every_page.test_records import recorded


@pytest.fixture(scope="module")
def models():
    return grammar.many_to_one(), grammar.many_to_many()


def test_one_unit_is_on_at_a_time_and_it_is_the_arrow_taken():
    rnn = keras.layers.SimpleRNN(13, return_sequences=True)
    rnn.build((None, None, 7))
    rnn.set_weights([grammar.W, grammar.U, grammar.b])
    string = "BTSSXXTVPXVVE"
    h = np.array(rnn(batch([string]), initial_state=grammar.starts(1)))[0]
    nodes = walk(string)
    taken = [grammar.ARROWS[row.argmax() - 1] for row in h]
    assert taken == list(zip(nodes, string, nodes[1:]))
    np.testing.assert_array_equal((h > 0.99).sum(axis=1), 1)
    np.testing.assert_array_equal((h < -0.99).sum(axis=1), 12)


@pytest.mark.parametrize("length", [5, 6])
def test_every_string_of_a_length_is_judged_as_by_the_walk(models, length):
    strings = ["B" + "".join(s) for s in itertools.product("TSXPVE", repeat=length - 1)]
    p = np.array(models[0]([batch(strings), grammar.starts(len(strings))]))[:, 0]
    assert [s for s, ok in zip(strings, p > 0.5) if ok] == list(filter(accepts, strings))
    assert min(abs(p - 0.5)) > 0.4


def test_next_symbols_have_the_probabilities_with_which_they_are_drawn(models):
    rng = np.random.default_rng(1)
    for string in {reber(rng) for _ in range(6)}:
        y = np.array(models[1]([batch([string]), grammar.starts(1)]))[0]
        may = legal(string)[:-1]
        np.testing.assert_allclose(y[:-1], may / may.sum(axis=1, keepdims=True), atol=1e-4)
        np.testing.assert_allclose(y[-1], 1 / 7, atol=1e-3)


def test_shapes_counts_and_the_wrapped_output_layer():
    values = {name: entry["value"] for name, entry in recorded("rnn_api.grammar").items()}
    assert values["parameters_one"] == 7 * 13 + 13 * 13 + 13 + 13 + 1
    assert values["parameters_many"] == 7 * 13 + 13 * 13 + 13 + 13 * 7 + 7
    assert values["dense_same"] and values["right"] == 256
    assert values["shape_one"] == [256, 1] and values["shape_many"] == [256, 10, 7]
