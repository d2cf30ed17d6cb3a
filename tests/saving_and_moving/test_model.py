"""The model that the page carries about, in two precisions."""

import keras
import numpy as np

from snippets.saving_and_moving import model as page


def test_by_hand_is_keras_in_float64():
    gru, dense = keras.layers.GRU(3, dtype="float64"), keras.layers.Dense(1, dtype="float64")
    y = dense(gru(page.x))
    gru.set_weights(page.WEIGHTS[:3])
    dense.set_weights(page.WEIGHTS[3:])
    y = dense(gru(page.x))
    np.testing.assert_allclose(y, page.by_hand(page.x, *page.WEIGHTS), rtol=0, atol=1e-12)


def test_and_in_float32():
    right = page.by_hand(page.x, *page.WEIGHTS)
    np.testing.assert_allclose(page.answer(page.build()), right, rtol=0, atol=1e-6)


def test_the_number_that_is_furthest_off_counts():
    assert page.off([1, 2, 3], [1, 2.5, 2.9]) == 0.5


def test_sizes_by_the_formulas():
    m, u = 2, 3
    assert page.values()["numbers"] == 3 * (m * u + u * u + 2 * u) + u + 1


def test_float32_numbers_between_1_and_2_lie_as_far_apart_as_the_page_says():
    assert page.values()["gap_e7"] == 1e7 * float(np.nextafter(np.float32(1), np.float32(2)) - 1)
