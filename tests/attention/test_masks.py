"""Masks: a masked score counts for nothing, a masked query gives zeros."""

import keras
import numpy as np
import pytest

from snippets.attention import masks as part
from snippets.attention.miniature import d, h


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_padding_that_is_masked_changes_nothing(values):
    short, context = part.padded(h)
    np.testing.assert_allclose(values["right"], [*short, 0, 0, 0], rtol=0, atol=1e-15)
    np.testing.assert_allclose(values["right_context"], context, rtol=0, atol=1e-15)
    assert values["same"]


def test_padding_that_is_not_masked_takes_its_share(values):
    """Each row of zeros has the score 0, each repeated state that of the last state."""
    powers = np.exp([0.2, 0.95, 0.15, 0, 0, 0])
    np.testing.assert_allclose(values["unmasked"], powers / powers.sum(), rtol=0, atol=1e-12)
    assert values["unmasked_share"] == pytest.approx(300 / powers.sum())
    powers = np.exp([0.2, 0.95, 0.15, 0.15, 0.15, 0.15])
    np.testing.assert_allclose(values["held"], powers / powers.sum(), rtol=0, atol=1e-12)
    assert values["held_share"] == pytest.approx(400 * np.exp(0.15) / powers.sum())


def test_a_recurrent_layer_passes_its_mask_on_to_attention():
    """As in the model of the page: Masking, GRU, Attention."""
    x = np.random.default_rng(0).normal(size=(1, 6, 4))
    x[:, 3:] = 0
    inputs = keras.Input((None, 4))
    states = keras.layers.GRU(2, return_sequences=True)(keras.layers.Masking()(inputs))
    query = keras.Input((None, 2))
    layer = keras.layers.Attention()
    model = keras.Model([query, inputs], layer([query, states]))
    long, short = model([d[None], x]), model([d[None], x[:, :3]])
    np.testing.assert_allclose(long, short, rtol=0, atol=1e-6)


def test_a_masked_query(values):
    claims = part.claims(values)
    assert all(true for _, true in claims.values())
    other = {"query_masked": np.ones(2), "query_masked_weights": np.zeros(6)}
    assert not any(true for _, true in part.claims(other).values())


def test_the_triangle(values):
    assert values["triangle_same"]
    for k in range(3):
        powers = np.exp(h[: k + 1] @ h[k])
        expected = [*powers / powers.sum(), *[0] * (2 - k)]
        np.testing.assert_allclose(values["triangle"][k], expected, rtol=0, atol=1e-12)
