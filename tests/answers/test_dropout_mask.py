"""Dropout draws one mask for all steps: each row is one of two, by arithmetic."""

import keras
import numpy as np
import pytest

from snippets.answers import dropout_mask as answer

KEPT = 1 / (1 - 0.5)  # what is kept is made larger, so that the mean stays


def rows(kept):
    """What the adder gives for five ones, by one mask for all steps: of inputs, of states."""
    inputs = np.cumsum([kept] * 5)
    states = [1.0]
    for _ in range(4):
        states.append(1 + kept * states[-1])
    return inputs.tolist(), states


def test_each_row_has_one_mask():
    values = answer.values()
    for place, name in enumerate(("inputs", "states")):
        possible = [rows(kept)[place] for kept in (0, KEPT)]
        found = values[name].tolist()
        assert all(row in possible for row in found)
        assert all(row in found for row in possible), "the seed shows only one of the two"


@pytest.mark.parametrize("kind", [keras.layers.LSTM, keras.layers.GRU])
def test_so_have_layers_with_gates(kind):
    """A step that reads zeros and starts at zero gives zero: at all steps of a row or at none."""
    layer = kind(1, dropout=0.5, return_sequences=True, recurrent_initializer="zeros", seed=3)
    dropped = np.array(layer(np.ones((64, 6, 1)), training=True))[..., 0] == 0
    assert 0 < dropped[:, 0].sum() < len(dropped)
    assert (dropped == dropped[:, :1]).all()


def test_with_recurrent_dropout_each_gate_has_its_own():
    assert answer.values()["lstm_masks"] == 4
    lstm = keras.layers.LSTM(8, recurrent_dropout=0.5, seed=1)
    masks = np.array(lstm.cell.get_recurrent_dropout_mask(keras.ops.ones((1, 8))))
    assert masks.shape == (4, 1, 8) and (masks != masks[0]).any()
