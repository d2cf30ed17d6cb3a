"""Two LSTM layers by hand against Keras, and the strings they are probed with."""

import keras
import numpy as np

from snippets.reber.strings import SYMBOLS, accepts, count
from snippets.what_the_state_remembers import stack


def test_by_hand_equals_keras_in_float64():
    rng = np.random.default_rng(0)
    layers = [keras.layers.LSTM(8, return_sequences=True, dtype="float64") for _ in "12"]
    weights, below = [], x = [], rng.normal(size=(3, 5, 7))
    for layer in layers:
        layer.build(below.shape)
        arrays = [rng.normal(size=w.shape) for w in layer.get_weights()]
        layer.set_weights(arrays)
        weights += arrays
        below = np.array(layer(below))
    W_y, b_y = rng.normal(size=(8, 7)), rng.normal(size=7)
    steps, scores = stack.run(x, [*weights, W_y, b_y])
    assert steps.shape == (5, 2, 2, 3, 8)
    np.testing.assert_allclose(steps[:, 1, 1].swapaxes(0, 1), below, rtol=0, atol=1e-12)
    np.testing.assert_allclose(scores, below @ W_y + b_y, rtol=0, atol=1e-11)


def test_replace_comes_before_the_layer_above_reads():
    rng = np.random.default_rng(1)
    weights = [rng.normal(size=s) for s in ((7, 32), (8, 32), 32, (8, 32), (8, 32), 32, (8, 7), 7)]
    x = rng.normal(size=(2, 4, 7))

    def silence(t, layer, cell, state):
        if layer == 0:
            cell[:], state[:] = 0, 0

    steps, _ = stack.run(x, weights, silence)
    blind = [0 * weights[3], *weights[4:6]]  # a second layer that reads nothing
    layer = keras.layers.LSTM(8, return_sequences=True, dtype="float64")
    layer.build((2, 4, 8))
    layer.set_weights(blind)
    by_keras = np.array(layer(np.zeros((2, 4, 8))))
    np.testing.assert_allclose(steps[:, 1, 1].swapaxes(0, 1), by_keras, rtol=0, atol=1e-12)
    assert not steps[:, 0].any()


def test_inner_strings_are_all_strings_of_a_length():
    for length in (5, 8, 14):
        strings = stack.inner_strings(length)
        assert len(strings) == len(set(strings)) == count(0, length)
        assert all(len(s) == length and accepts(s) for s in strings)


def test_twins_differ_in_one_symbol():
    x, labels = stack.twins(["BTXSE", "BPVVE"])
    assert labels.tolist() == [1, -1, 1, -1]
    words = ["".join(SYMBOLS[k] for k in row.argmax(axis=1)) for row in x]
    assert words == ["BTBTXSE", "BPBTXSE", "BTBPVVE", "BPBPVVE"]
