"""Masked steps by hand against Keras."""

import keras
import numpy as np
import pytest

from snippets.lstm.miniature import U, W, b, x
from snippets.variable_lengths import step as page
from snippets.variable_lengths.padding import LAYERS, make_layer

CELLS = dict(zip(LAYERS, (page.simple_rnn_cell, page.lstm_cell, page.gru_cell)))
# After, before, in the middle, and nothing real at all.
MASK = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 0, 1], [0, 0, 0, 0]], bool)


@pytest.fixture(scope="module")
def values():
    return page.values()


@pytest.mark.parametrize("zeros", [False, True])
@pytest.mark.parametrize("name", LAYERS)
def test_by_hand_equals_keras_for_four_masks(name, zeros):
    rng = np.random.default_rng(2)
    inputs = rng.normal(size=(4, 4, 7))
    first = [rng.normal(size=(4, 4)) for _ in range(2 if name == "LSTM" else 1)]
    layer = make_layer(name, return_sequences=True, return_state=True, zero_output_for_mask=zeros)
    outputs, *states = layer(inputs, mask=MASK, initial_state=first)
    by_hand, last = page.run_masked(
        CELLS[name], inputs, MASK, first, *layer.get_weights(), zero_output=zeros
    )
    np.testing.assert_allclose(by_hand, np.array(outputs), rtol=0, atol=1e-12)
    np.testing.assert_allclose(last, np.array(states), rtol=0, atol=1e-12)
    # What the page says of an initial state: the outputs start at 0 all the same.
    assert np.all(np.array(outputs)[1, :2] == 0) and np.all(np.array(outputs)[3] == 0)
    np.testing.assert_array_equal(np.array(states)[:, 3], np.array(first)[:, 3])
    if not zeros:
        np.testing.assert_array_equal(np.array(outputs)[0, 1], np.array(outputs)[0, 3])


def test_the_miniature(values):
    np.testing.assert_allclose(values["keras"], values["h_one"], rtol=0, atol=1e-6)
    np.testing.assert_allclose(values["keras_zeros"], values["zeros"], rtol=0, atol=1e-6)
    # The sequence without its middle step ends in the same state.
    np.testing.assert_allclose(values["h_one"][[0, 2]], values["without"], rtol=0, atol=1e-12)
    assert values["h_all"][2] != pytest.approx(values["h_one"][2], abs=1e-2)


def test_bidirectional_gives_zeros_at_masked_steps(values):
    backward, _ = page.run_masked(
        page.lstm_cell, x[None, ::-1], page.mask[:, ::-1], page.start, W, U, b, zero_output=True
    )
    expected = np.stack([values["zeros"], backward[0, ::-1, 0]], axis=-1)
    np.testing.assert_allclose(values["both"], expected, rtol=0, atol=1e-6)
    assert values["both"][1].tolist() == [0, 0]
    np.testing.assert_allclose(values["both_states"][0], values["h_one"][2], rtol=0, atol=1e-6)
    np.testing.assert_allclose(values["both_states"][2], expected[0, 1], rtol=0, atol=1e-6)


def test_bidirectional_with_padding_equals_without():
    layer = keras.layers.Bidirectional(make_layer("GRU"))
    layer.build((None, None, 7))
    inputs = np.random.default_rng(3).normal(size=(2, 7))
    padded = np.pad(inputs, ((1, 1), (0, 0)))
    padded = np.stack([padded[1:], padded[:-1]])  # zeros after, zeros before
    masked = np.array(layer(padded, mask=padded.any(-1)))
    alone = np.array(layer(inputs[None]))
    np.testing.assert_allclose(masked, np.repeat(alone, 2, axis=0), rtol=0, atol=1e-7)
