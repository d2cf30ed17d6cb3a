"""Without positions the order of steps does not matter; with them, or in a recurrent layer, it does."""

import math

import keras
import numpy as np
import pytest

from snippets.self_attention import order as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_positions_in_plain_python(values):
    for t in range(3):
        expected = [math.sin(t), math.cos(t), math.sin(t / 100), math.cos(t / 100)]
        np.testing.assert_allclose(values["four"][t], expected, rtol=0, atol=1e-12)
        np.testing.assert_allclose(values["positions"][t], expected[:2], rtol=0, atol=1e-12)


def test_keras_knows_no_order_either():
    x = np.random.default_rng(0).normal(size=(1, 5, 4))
    layer = keras.layers.MultiHeadAttention(2, 3, dtype="float64")
    order = [3, 0, 4, 1, 2]
    before, after = np.array(layer(x, x)), np.array(layer(x[:, order], x[:, order]))
    np.testing.assert_allclose(after, before[:, order], rtol=0, atol=1e-12)


def test_the_recurrent_layer_is_that_of_keras(values):
    layer = keras.layers.SimpleRNN(2, return_sequences=True, dtype="float64")
    layer.build((1, 3, 2))
    layer.set_weights([part.W_q, part.W_k, np.zeros(2)])
    h, swapped = (np.array(layer(x[None]))[0] for x in (part.x, part.x[part.SWAP]))
    assert values["rnn"] == pytest.approx(np.abs(swapped - h[part.SWAP]).max(), abs=1e-12)


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = {"attention": 0.1, "with_positions": 0.0, "rnn": 1.0}
    assert not any(true for _, true in part.claims(other).values())
