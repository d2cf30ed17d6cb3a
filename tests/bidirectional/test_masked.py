"""Padding and both ways: by hand against Keras, whole layers and the numbers of the page."""

import keras
import numpy as np
import pytest

from snippets.bidirectional import masked as part
from snippets.bidirectional.miniature import values as miniature


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_padding_is_skipped_by_both(values):
    concat = miniature()["concat"]
    np.testing.assert_allclose(values["masked_after"][:3], concat, rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["masked_before"][2:], concat, rtol=0, atol=1e-12)
    assert not values["masked_after"][3:].any() and not values["masked_before"][:2].any()
    for side in ("after", "before"):
        np.testing.assert_allclose(
            values[f"states_{side}"], [concat[2, 0], concat[0, 1]], rtol=0, atol=1e-12
        )


def test_without_a_mask_one_way_is_spoilt(values):
    off = {
        side: np.abs(values[f"plain_{side}"] - values[f"masked_{side}"]) > 0.001
        for side in ("after", "before")
    }
    assert off["after"][:3].tolist() == [[False, True]] * 3
    assert off["before"][2:].tolist() == [[True, False]] * 3


def test_any_mask_in_64_bits():
    rng = np.random.default_rng(0)
    x, mask = rng.normal(size=(4, 6, 3)), rng.random((4, 6)) < 0.6
    layer = keras.layers.Bidirectional(
        keras.layers.SimpleRNN(2, return_sequences=True, return_state=True, dtype="float64"),
        dtype="float64",
    )
    layer.build(x.shape)
    weights = [rng.normal(size=w.shape) for w in layer.get_weights()]
    layer.set_weights(weights)
    outputs, *states = layer(x, mask=mask)
    there, back, mine = part.both_ways_masked(x, mask, weights)
    np.testing.assert_allclose(
        np.concatenate([there, back], -1), np.array(outputs), rtol=0, atol=1e-12
    )
    np.testing.assert_allclose(np.array(mine), np.array(states), rtol=0, atol=1e-12)
    assert part.values()["same"]
