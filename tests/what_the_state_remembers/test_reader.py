"""The reader of Reber strings: against Keras, what it predicts, and how it is trained."""

import keras
import numpy as np
import pytest

from snippets.reber.strings import SYMBOLS, legal
from snippets.what_the_state_remembers import reader


@pytest.fixture(scope="module")
def weights():
    return reader.trained_weights()


def test_pairs_hold_each_symbol_and_its_next_and_weigh_no_filling():
    x, y, weights = reader.pairs(["BTXSE", "BPVVE", "BTSXSE"])
    assert x.shape == (3, 5, 7) and y.shape == weights.shape == (3, 5)
    assert weights.tolist() == [[1, 1, 1, 1, 0], [1, 1, 1, 1, 0], [1, 1, 1, 1, 1]]
    assert "".join(SYMBOLS[k] for k in x[2].argmax(axis=1)) == "BTSXS"
    assert "".join(SYMBOLS[k] for k in y[2]) == "TSXSE"
    assert not x[0, 4].any()


def test_by_hand_equals_keras(weights):
    model = reader.build_reader()
    model.set_weights(weights)
    x = reader.one_hot("BPTTVPXVVE")
    by_keras = np.array(model(x[None]))[0]
    np.testing.assert_allclose(reader.read("BPTTVPXVVE", weights)[1], by_keras, rtol=0, atol=1e-5)


def test_states_equal_those_of_a_layer_in_float64(weights):
    layer = keras.layers.GRU(8, return_sequences=True, dtype="float64")
    layer.build((None, None, 7))
    layer.set_weights(weights[:3])
    by_keras = np.array(layer(reader.one_hot("BTSSXXVVE")[None]))[0]
    np.testing.assert_allclose(reader.read("BTSSXXVVE", weights)[0], by_keras, rtol=0, atol=1e-12)


@pytest.mark.claim
def test_every_prediction_on_new_strings_is_legal(weights):
    for string in reader.draw(100, seed=5):
        best = reader.read(string, weights)[1][:-1].argmax(axis=1)
        assert legal(string)[np.arange(len(best)), best].all(), string


def test_untrained_weights_depend_on_the_seed_alone():
    first, again, other = (
        reader.train_reader(reader.eight_units, ["BTXSE"], epochs=0, seed=seed)
        for seed in (1, 1, 2)
    )
    assert [w.shape for w in first] == [(7, 24), (8, 24), (2, 24), (8, 7), (7,)]
    assert all((a == b).all() for a, b in zip(first, again)) and (first[0] != other[0]).any()
