"""Dropout by hand with the masks that Keras drew."""

import keras
import numpy as np
import pytest

from snippets.dropout import miniature as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_the_masks_are_those_of_the_cell(values):
    """What the layer that copies shows is what its cell keeps for a call."""
    cell = part.layer(seed=part.SEED).cell
    ones = keras.ops.ones((1, 2), dtype="float64")
    np.testing.assert_array_equal(np.array(cell.get_dropout_mask(ones)), values["mask_x"])
    np.testing.assert_array_equal(np.array(cell.get_recurrent_dropout_mask(ones)), values["mask_h"])


def test_step_by_step_without_arrays(values):
    (a, c), (p, q) = values["mask_x"][0], values["mask_h"][0]
    h = [0.0, 0.0]
    for t, (first, second) in enumerate(part.x[0]):
        first, second, before, beside = first * a, second * c, h[0] * p, h[1] * q
        h = [
            np.tanh(0.5 * first + 0.2 * second + 0.6 * before - 0.4 * beside + 0.1),
            np.tanh(-0.3 * first + 0.4 * second + 0.2 * before + 0.5 * beside),
        ]
        np.testing.assert_allclose(values["h"][0, t], h, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("dtype", "off"), [("float64", 1e-12), ("float32", 1e-6)])
@pytest.mark.parametrize("seed", range(3))
def test_it_is_keras_for_any_seed_and_batch(seed, dtype, off):
    x = np.random.default_rng(seed).normal(size=(5, 7, 2))
    layer = keras.layers.SimpleRNN(
        2, dropout=0.5, recurrent_dropout=0.5, return_sequences=True, seed=seed, dtype=dtype
    )
    layer.build((None, None, 2))
    layer.set_weights([part.W, part.U, part.b])
    # In another precision the same seed draws other masks, so the cell of a twin says which.
    cell = keras.layers.SimpleRNN(2, dropout=0.5, recurrent_dropout=0.5, seed=seed).cell
    ones = keras.ops.ones((5, 2), dtype)
    masks = cell.get_dropout_mask(ones), cell.get_recurrent_dropout_mask(ones)
    hand = part.dropped(x, part.W, part.U, part.b, *map(np.array, masks))
    np.testing.assert_allclose(np.array(layer(x, training=True)), hand, rtol=0, atol=off)


def test_a_mask_for_each_sample():
    mask_x, mask_h = part.masks(0, N=200)
    for mask in (mask_x, mask_h):
        assert set(mask.ravel()) == {0.0, 2.0} and 0.4 < (mask == 0).mean() < 0.6


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = dict.fromkeys(("same", "off", "again", "other"), False)
    assert not any(true for _, true in part.claims(other).values())
