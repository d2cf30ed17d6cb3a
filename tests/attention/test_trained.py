"""What the page says of one trained model, and of the weights that it shows."""

import keras
import numpy as np
import pytest

from snippets.attention import trained as part
from snippets.attention.by_hand import read, write, written
from snippets.attention.model import build_model
from snippets.reber.strings import one_hot


@pytest.fixture(scope="module")
def values():
    return part.values()


def by_keras(string):
    """The weights (T, T) that Keras's layers give, one after the other, in float64."""
    x = one_hot(string)[None]
    W, U, b, W_d, U_d, b_d, W_q, *_ = part.trained()
    layers = []
    for arrays in ([W, U, b], [W_d, U_d, b_d]):
        layer = keras.layers.GRU(8, return_sequences=True, return_state=True, dtype="float64")
        layer.build((None, None, 7))
        layer.set_weights(arrays)
        layers.append(layer)
    h, last = layers[0](x)
    before = np.concatenate([np.zeros((1, 1, 7)), x[:, :-1]], axis=1)
    d, _ = layers[1](before, initial_state=last)
    query = keras.ops.matmul(d, W_q)
    attention = keras.layers.Attention(dtype="float64")
    return np.array(attention([query, h], return_attention_scores=True)[1])[0]


def test_the_weights_shown_are_those_of_keras(values):
    np.testing.assert_allclose(values["alpha"], by_keras(part.SHOWN), rtol=0, atol=1e-12)


def test_the_whole_model_in_keras_writes_the_same():
    model = build_model(8, True)
    model.set_weights(part.trained())
    x = one_hot(part.SHOWN)[None]
    before = np.concatenate([np.zeros((1, 1, 7)), x[:, :-1]], axis=1)
    p, *_ = write(read(x, part.trained()), x, part.trained())
    np.testing.assert_allclose(p, model([x, before]), rtol=0, atol=1e-6)


def test_where_the_largest_weights_lie(values):
    """Counted here string by string, with Keras's weights, for a few of them."""
    strings = ["BTSSXXVPSE", "BPVVE", "BPTTVPSE"]
    found = [0, 0, 0]
    for string in strings:
        for k, t in enumerate(by_keras(string).argmax(-1)):
            if 0 < k < len(string) - 1:
                found[0 if t == k else 1 if string[t] == string[k] else 2] += 1
    assert part.looks(strings, part.trained()).tolist() == found
    assert values["shares"].sum() == pytest.approx(100)


@pytest.mark.claim
def test_what_the_page_says_of_the_shown_string(values):
    assert written([part.SHOWN], part.trained()) == [part.SHOWN]
    assert all(true for _, true in part.claims(values).values())
    assert values["own_right"] > 95 and values["shares"][0] > 40


@pytest.mark.claim
def test_a_forgotten_mask(values):
    assert values["right"] > 95 and values["no_mask"] < 80


def test_claims_follow_the_values(values):
    other = {**values, "alpha": np.roll(np.eye(9), 2, axis=1), "shares": np.array([90.0, 5.0, 5.0])}
    assert not any(true for _, true in part.claims(other).values())
