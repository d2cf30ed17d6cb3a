"""The cheat sheet of Bidirectional: defaults, order of weights, states and masks, and other programs."""

import keras
import numpy as np
import pytest

from snippets.cheat_sheets import bidirectional as sheet
from snippets.cheat_sheets import lstm
from tests.cheat_sheets import programs
from tests.cheat_sheets.programs import CLOSE, N, T, drawn, m, u


@pytest.fixture(scope="module")
def case():
    """An input, six arrays, and what Keras gives for them."""
    x, *weights = drawn(*2 * [(m, 4 * u), (u, 4 * u), (4 * u,)])
    inside = keras.layers.LSTM(u, return_sequences=True, dtype="float64")
    layer = keras.layers.Bidirectional(inside, dtype="float64")
    return x, weights, programs.with_keras(layer, x, weights)


def test_defaults_are_those_of_keras():
    assert not programs.unlike_keras(sheet.bidirectional)


def test_pytorch(case):
    x, weights, states = case
    both = sheet.each_way(weights, lstm.to_pytorch)
    np.testing.assert_allclose(programs.with_pytorch("LSTM", x, *both), states, **CLOSE)


def test_onnx(case):
    """The first direction reads X as it is, the second from its end."""
    x, weights, states = case
    arrays = sheet.both_to_onnx(weights, lstm.to_onnx)
    assert [array.shape for array in arrays] == [(2, 4 * u, m), (2, 4 * u, u), (2, 8 * u)]
    forward = programs.with_onnx("LSTM", x, *(array[:1] for array in arrays))
    backward = programs.with_onnx("LSTM", x[:, ::-1], *(array[1:] for array in arrays))[:, ::-1]
    np.testing.assert_allclose(np.concatenate([forward, backward], axis=-1), states, **CLOSE)


@pytest.mark.parametrize("mode", ["concat", "sum", "ave", "mul", None])
def test_a_masked_step_gives_zeros_in_every_merge_mode(case, mode):
    x, weights, _ = case
    inside = keras.layers.LSTM(u, return_sequences=True, dtype="float64")
    layer = keras.layers.Bidirectional(inside, merge_mode=mode, dtype="float64")
    layer.build(x.shape)
    layer.set_weights(weights)
    mask = np.arange(T) < T - 2
    outputs = layer(x, mask=np.tile(mask, (N, 1)))
    for output in outputs if mode is None else [outputs]:
        output = np.array(output)
        assert output.shape == (N, T, 2 * u if mode == "concat" else u)
        assert not output[:, ~mask].any() and output[:, mask].all()


def test_states_come_and_go_in_the_order_of_the_sheet(case):
    """y, h, c of forward, h, c of backward, which ends at step 0."""
    x, weights, _ = case
    inside = keras.layers.LSTM(u, return_sequences=True, return_state=True, dtype="float64")
    layer = keras.layers.Bidirectional(inside, dtype="float64")
    layer.build(x.shape)
    layer.set_weights(weights)
    y, *states = map(np.array, layer(x))
    assert len(states) == 4
    np.testing.assert_allclose(states[0], y[:, -1, :u], **CLOSE)
    np.testing.assert_allclose(states[2], y[:, 0, u:], **CLOSE)
    for number in range(4):  # each as a start changes its own direction alone
        begin = [np.zeros((N, u)) for _ in states]
        begin[number] += 1
        changed = np.abs(np.array(layer(x, initial_state=begin)[0]) - y).max((0, 1))
        own = np.arange(2 * u) >= u if number > 1 else np.arange(2 * u) < u
        assert changed[own].min() > 1e-3 and not changed[~own].any()
