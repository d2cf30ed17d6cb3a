"""Each trap gives the context that the page says, computed here in another way."""

import keras
import numpy as np
import pytest

from snippets.attention import traps as part

POWERS = np.exp([0.2, 0.95, 0.15])
H = np.array([[0.8, -0.2], [0.1, 0.9], [-0.5, 0.4]])


@pytest.fixture(scope="module")
def values():
    return part.values()


def mean(powers, rows):
    return np.average(rows, axis=0, weights=powers)


def test_contexts(values):
    tanh = np.tanh([[1.3, 0.8], [0.6, 1.9], [0.0, 1.4]])
    expected = {
        "right": mean(POWERS, H),
        "scaled": mean(POWERS ** (1 / np.sqrt(2)), H),
        "axis": [0.4, 1.1],
        "no_softmax": 0.2 * H[0] + 0.95 * H[1] + 0.15 * H[2],
        "mean": [0.4 / 3, 1.1 / 3],
        "padded": mean([*POWERS, 1, 1, 1], [*H, *np.zeros((3, 2))]),
        "additive": mean(np.exp(tanh[:, 0] + 2 * tanh[:, 1]), H),
        "additive_ones": mean(np.exp(tanh.sum(1)), H),
        "right_order": mean(POWERS, part.value),
        "wrong_order": mean(np.exp([0.5, 1.0, 1.5]), H),
    }
    for name, context in expected.items():
        np.testing.assert_allclose(values[name], context, rtol=0, atol=1e-12, err_msg=name)
    assert len({tuple(np.round(row, 3)) for row in expected.values()}) == len(expected)


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = values | {"turned": H, "right_order": H[0]}
    assert not any(true for _, true in part.claims(other).values())


def test_where_every_place_is_masked_keras_gives_the_plain_mean():
    """In 32-bit numbers, as the table says: beside one billion the scores vanish."""
    layer = keras.layers.Attention()
    context = layer([np.ones((1, 1, 2)), H[None]], mask=[None, np.zeros((1, 3), bool)])
    np.testing.assert_allclose(context[0, 0], H.mean(axis=0), rtol=0, atol=1e-6)
