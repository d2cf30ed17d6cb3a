"""Answers to the exercises on dropout."""

import keras
import numpy as np
import pytest

from snippets.dropout import exercises as part


def test_the_other_masks():
    h = part.values()["h"][0]
    first = np.tanh([0.1 + 0.2 * 1.0, 0.4 * 1.0])
    np.testing.assert_allclose(h[0], first, rtol=0, atol=1e-12)
    second = np.tanh([0.6 * 2 * first[0] + 0.2 * 2 + 0.1, 0.2 * 2 * first[0] + 0.4 * 2])
    np.testing.assert_allclose(h[1], second, rtol=0, atol=1e-12)


def test_numbers():
    values = part.values()
    ones = np.array(keras.layers.Dropout(0.2, seed=1)(np.ones((1, 50)), training=True))
    assert ones.max() == pytest.approx(values["kept"])
    cell = keras.layers.LSTM(128, dropout=0.5, recurrent_dropout=0.5).cell
    masks = [cell.get_dropout_mask(keras.ops.ones((1, 64)))]
    masks.append(cell.get_recurrent_dropout_mask(keras.ops.ones((1, 128))))
    assert values["lots"] == sum(np.array(mask).size for mask in masks)
    assert values["lots_each"] == 100 * values["lots"]
    assert values["grown"] == pytest.approx(1.125**20) and values["faded"] == pytest.approx(0.9**20)
