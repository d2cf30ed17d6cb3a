"""The simple RNN's cheat sheet: defaults, mistakes, and what other programs compute with its arrays."""

from math import tanh

import keras
import numpy as np
import pytest

from snippets.cheat_sheets import simple_rnn as sheet
from tests.cheat_sheets import programs
from tests.cheat_sheets.programs import CLOSE, N, T, drawn, m, u


@pytest.fixture(scope="module")
def case():
    """An input, weights, and the states that Keras gives for them."""
    x, W, U, b = drawn((m, u), (u, u), (u,))
    layer = keras.layers.SimpleRNN(u, return_sequences=True, dtype="float64")
    return x, (W, U, b), programs.with_keras(layer, x, [W, U, b])


def test_defaults_are_those_of_keras():
    assert not programs.unlike_keras(sheet.simple_rnn)


def test_pytorch(case):
    x, weights, states = case
    output = programs.with_pytorch("RNN", x, sheet.to_pytorch(*weights))
    np.testing.assert_allclose(output, states, **CLOSE)


def test_onnx(case):
    x, weights, states = case
    arrays = sheet.to_onnx(*weights)
    assert [array.shape for array in arrays] == [(1, u, m), (1, u, u), (1, 2 * u)]
    output = programs.with_onnx("SimpleRNN", x, *arrays)
    np.testing.assert_allclose(output, states, **CLOSE)


def test_tensorflow_1(case):
    """BasicRNNCell multiplies x and h, end to end, by its kernel: rnn_cell_impl.py."""
    x, weights, states = case
    kernel, bias = sheet.to_tensorflow_1(*weights)
    h = np.zeros((N, u))
    for t in range(T):
        h = np.tanh(np.concatenate([x[:, t], h], axis=1) @ kernel + bias)
        np.testing.assert_allclose(h, states[:, t], **CLOSE)


MINIATURE = [[[1.0], [0.0], [-1.0]]]


@pytest.mark.parametrize(
    ("name", "weights", "options"),
    [
        ("right", ([[0.8]], [[0.5]], [0.1]), {}),
        ("exchanged", ([[0.5]], [[0.8]], [0.1]), {}),
        ("bias_twice", ([[0.8]], [[0.5]], [0.2]), {}),
        ("no_bias", ([[0.8]], [[0.5]]), {"use_bias": False}),
        ("sigmoid", ([[0.8]], [[0.5]], [0.1]), {"activation": "sigmoid"}),
        ("relu", ([[0.8]], [[0.5]], [0.1]), {"activation": "relu"}),
    ],
)
def test_each_mistake_gives_its_number(name, weights, options):
    layer = keras.layers.SimpleRNN(1, dtype="float64", **options)
    arrays = [np.array(array) for array in weights]
    [[state]] = programs.with_keras(layer, np.array(MINIATURE), arrays)
    assert sheet.values()[name] == pytest.approx(state, abs=1e-12)


def test_states_that_are_lost_or_left():
    assert sheet.values()["state_lost"] == pytest.approx(tanh(-0.8 + 0.1), abs=1e-12)
    h = 0.0
    for x in (1, 0, -1, 1, 0, -1):
        h = tanh(0.8 * x + 0.5 * h + 0.1)
    assert sheet.values()["state_left"] == pytest.approx(h, abs=1e-12)
