"""The masks of gated layers: by hand as Keras."""

import keras
import numpy as np
import pytest

from snippets.dropout import gates as part
from snippets.layers.lstm import lstm


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_without_masks_it_is_the_lstm_of_its_page():
    h = part.gated(part.x, part.W, part.U, part.b, np.ones((4, 1, 3)), np.ones((4, 1, 2)))
    expected = lstm(part.x, part.W, part.U, part.b)[-1]
    np.testing.assert_allclose(h, expected, rtol=0, atol=1e-12)


def test_it_is_keras(values):
    assert values["same"]
    for seed in range(3):
        layer = keras.layers.LSTM(
            2, dropout=0.3, recurrent_dropout=0.6, return_sequences=True, seed=seed, dtype="float64"
        )
        layer.build((None, None, 3))
        layer.set_weights([part.W, part.U, part.b])
        twin = keras.layers.LSTM(2, dropout=0.3, recurrent_dropout=0.6, seed=seed).cell
        masks = twin.get_dropout_mask(keras.ops.ones((1, 3), "float64"))
        states = twin.get_recurrent_dropout_mask(keras.ops.ones((1, 2), "float64"))
        hand = part.gated(part.x, part.W, part.U, part.b, np.array(masks), np.array(states))
        found = np.array(layer(part.x, training=True))
        np.testing.assert_allclose(found, hand, rtol=0, atol=1e-12)


def test_how_many_masks(values):
    assert values["inputs"].shape == (1, 3)
    assert values["both_x"].shape == (4, 3) and values["both_h"].shape == (4, 2)
    assert values["gru"] == 3 and values["ways"].tolist() == [2, 1]


def test_the_fused_kernel_is_not_asked_for_with_recurrent_dropout(monkeypatch):
    """Which way the layer goes is seen on a processor, too: whether it asks the backend."""
    asked = []

    def kernel(*args, **options):
        asked.append(1)
        raise NotImplementedError

    monkeypatch.setattr("keras.src.layers.rnn.lstm.backend.lstm", kernel)
    keras.layers.LSTM(2, dropout=0.5)(part.x, training=True)
    assert asked
    asked.clear()
    keras.layers.LSTM(2, recurrent_dropout=0.5)(part.x, training=True)
    assert not asked
    assert "cuDNN is not supported" in part.refused()


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    same = np.ones((4, 3))
    other = {"inputs": same, "both_x": same, "both_h": same, "same": False, "refused": False}
    assert not any(true for _, true in part.claims(other).values())
