"""Writing by hand against Keras's layers, and the temperature against powers."""

import keras
import numpy as np
import pytest

from snippets.reber.strings import SYMBOLS
from snippets.rnn_in_action import generate as writing
from snippets.rnn_in_action.model import numbers


@pytest.fixture(scope="module")
def layers():
    """Three layers in float64 with random weights."""
    keras.utils.set_random_seed(3)
    embedding = keras.layers.Embedding(7, 4, dtype="float64")
    rnn = keras.layers.SimpleRNN(12, return_sequences=True, dtype="float64")
    dense = keras.layers.Dense(7, dtype="float64")
    dense(rnn(embedding(np.zeros((1, 2), int))))
    for layer in (rnn, dense):
        layer.set_weights([w + 0.1 for w in layer.get_weights()])  # no bias of zero
    return embedding, rnn, dense


def sums(layers, string):
    x = numbers(string)[None]
    for layer in layers:
        x = layer(x)
    return np.array(x)[0]


def weights(layers):
    return [w for layer in layers for w in layer.get_weights()]


def test_the_step_carries_the_state_as_keras_does(layers):
    h, by_hand = np.zeros(12), []
    for k in numbers("BTSXXTVVE"):
        s, h = writing.read(k, h, weights(layers))
        by_hand.append(s)
    np.testing.assert_allclose(by_hand, sums(layers, "BTSXXTVVE"), rtol=0, atol=1e-12)


def test_each_choice_sees_all_that_was_written(layers):
    script, seen = iter("TSXXTVVE"), []

    def choose(s):
        seen.append(s)
        return SYMBOLS.index(next(script))

    string = writing.generate(weights(layers), choose)
    assert string == "BTSXXTVVE"
    np.testing.assert_allclose(seen, sums(layers, string[:-1]), rtol=0, atol=1e-12)


def test_a_string_that_does_not_end_is_cut(layers):
    assert len(writing.generate(weights(layers), lambda s: 1, longest=17)) == 17


def test_softmax_is_that_of_keras():
    s = np.random.default_rng(0).normal(size=(5, 7)) * 8
    for temperature in (0.5, 1, 3):
        by_keras = np.array(keras.ops.softmax(s / temperature))
        np.testing.assert_allclose(writing.softmax(s, temperature), by_keras, rtol=0, atol=1e-12)
    assert np.isfinite(writing.softmax(np.array([1e4, 0.0]))).all()


def test_temperature_is_a_power():
    """Exercise 3."""
    s = np.array([2.0, 1.0, 0.0])
    power = writing.softmax(s) ** 2
    np.testing.assert_allclose(writing.softmax(s, 0.5), power / power.sum(), rtol=0, atol=1e-12)
    v = writing.values()
    assert v["softmax_cold"].round(3).tolist() == [1, 0, 0]
    assert np.ptp(v["softmax_hot"]) < 0.01


def test_symbols_are_drawn_with_their_probabilities():
    s = np.log([0.7, 0.2, 0.1])
    choose = writing.sampler(np.random.default_rng(0))
    drawn = np.bincount([choose(s) for _ in range(3000)], minlength=3) / 3000
    np.testing.assert_allclose(drawn, [0.7, 0.2, 0.1], rtol=0, atol=0.03)
    cold = writing.sampler(np.random.default_rng(0), 0.01)
    assert {int(cold(s)) for _ in range(100)} == {0}
