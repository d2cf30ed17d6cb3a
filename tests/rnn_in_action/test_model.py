"""The pairs, the two ways to feed a symbol, and a model trained anew."""

import keras
import numpy as np
import pytest

from snippets.reber.strings import SYMBOLS, one_hot
from snippets.rnn_in_action import model as action
from snippets.rnn_in_action.baselines import (
    all_and_only,
    bigram,
    count_pairs,
    cross_entropy,
    legal_throughout,
)


@pytest.fixture(scope="module")
def trained():
    """A model trained as on the page, but for fewer epochs; once for all tests here."""
    keras.utils.set_random_seed(1)
    model = action.next_symbol_model()
    x, y = action.make_pairs(action.make_strings()[0])
    losses = action.train_next_symbol(model, x, y, epochs=7)
    return model, losses


def test_pairs_are_each_symbol_and_the_next():
    strings = ["BTXSE", "BPTVPXVVE", "BPVVE"]
    x, y = action.make_pairs(strings)
    assert x.shape == y.shape == (3, 8)
    for n, string in enumerate(strings):
        steps = len(string) - 1
        assert "".join(SYMBOLS[k] for k in x[n, :steps]) == string[:-1]
        assert "".join(SYMBOLS[k] for k in y[n, :steps]) == string[1:]
        assert (x[n, steps:] == 0).all() and (y[n, steps:] == -1).all()


def test_counts_of_strings():
    training, test = action.make_strings()
    v = action.values()
    assert (len(training), len(test)) == (256, 500)
    assert v["seen"] + v["unseen"] == 500
    assert v["pairs"] == sum(map(len, training)) - 256
    assert v["longest"] < 40 and v["different"] == len(dict.fromkeys(training))


def test_parameters_are_what_the_shapes_say():
    v = action.values()
    output = 12 * 7 + 7
    assert v["parameters"] == 7 * 4 + (4 * 12 + 12 * 12 + 12) + output
    assert v["parameters_lstm"] == 7 * 4 + 4 * (4 * 12 + 12 * 12 + 12) + output
    assert v["parameters_gru"] == 7 * 4 + 3 * (4 * 12 + 12 * 12 + 2 * 12) + output
    assert v["parameters_one_hot"] == (7 * 12 + 12 * 12 + 12) + output
    assert v["updates"] == 12 * 256 / 32
    assert v["exercise_shape"].tolist() == [32, 11]


def test_one_hot_times_a_table_is_looking_up():
    layer = keras.layers.Embedding(7, 4)
    k = action.numbers("BTSXXTVVE")
    looked_up = np.array(layer(k))
    [E] = layer.get_weights()
    assert np.array_equal(one_hot("BTSXXTVVE").astype("float32") @ E, looked_up)


def test_a_kernel_on_one_hot_rows_takes_in_the_embedding(trained):
    model, _ = trained
    E, *others = model.get_weights()
    flat = action.one_hot_model()
    flat.set_weights([E @ others[0], *others[1:]])
    x, _ = action.make_pairs(action.make_strings()[1][:20])
    rows = np.eye(7, dtype="float32")[x]
    np.testing.assert_allclose(np.array(flat(rows)), np.array(model(x)), rtol=0, atol=1e-6)


def test_what_is_read_in_the_padding_plays_no_part(trained):
    model, _ = trained
    x, y = action.make_pairs(["BTXSE", "BPTVPXVVE"])
    other = np.where(y < 0, 5, x)
    assert not np.array_equal(x, other)
    assert np.array_equal(np.array(model(x))[y >= 0], np.array(model(other))[y >= 0])


def test_the_loss_by_hand_is_that_of_keras(trained):
    model, _ = trained
    x, y = action.make_pairs(action.make_strings()[1])
    p = np.array(model(x))
    by_keras = keras.losses.SparseCategoricalCrossentropy(ignore_class=-1)(y, p)
    assert cross_entropy(p, y) == pytest.approx(float(by_keras), abs=1e-6)


@pytest.mark.claim
def test_a_model_trained_anew_predicts_legally_where_a_bigram_does_not(trained):
    model, losses = trained
    training, test = action.make_strings()
    x, y = action.make_pairs(test)
    p = np.array(model(x))
    assert losses[0] > 1.4 and losses[-1] < 0.65
    assert legal_throughout(p, test).mean() >= 0.95
    assert all_and_only(p, test).mean() >= 0.9
    assert legal_throughout(bigram(count_pairs(training), x), test).mean() < 0.05
    assert cross_entropy(p, y) < 0.65
