"""Softmax, the loss of each step, and what Keras makes of them."""

from math import exp, log

import keras
import numpy as np
import pytest

from snippets.inside_an_rnn_layer import loss as page
from snippets.inside_an_rnn_layer.model import U, W, W_y, b, b_y


@pytest.fixture(scope="module")
def values():
    return page.values()


def test_softmax_equals_keras_and_does_not_overflow():
    s = np.random.default_rng(0).normal(size=(2, 3, 7)) * 5
    np.testing.assert_allclose(page.softmax(s), np.array(keras.ops.softmax(s)), rtol=0, atol=1e-12)
    np.testing.assert_allclose(page.softmax(s + 100), page.softmax(s), rtol=0, atol=1e-12)
    assert page.softmax(np.array([1e4, 0.0])) == pytest.approx([1, 0])


def test_step_two_in_the_open(values):
    """The table of the page, from its printed state, with plain numbers."""
    h = (-0.9909, 0.9929, 0.8640)
    s = [sum(h[i] * W_y[i, k] for i in range(3)) + b_y[k] for k in range(7)]
    assert values["s_2"] == pytest.approx(s, abs=1e-3)
    total = sum(exp(number) for number in values["s_2"])
    assert values["e_2_sum"] == pytest.approx(total, abs=1e-9)
    assert values["p_2"] == pytest.approx(
        [exp(number) / total for number in values["s_2"]], abs=1e-12
    )
    assert values["L"][0, 2] == pytest.approx(-log(exp(values["s_2"][3]) / total), abs=1e-12)


def test_losses_equal_keras_in_both_precisions(values):
    for dtype, tolerance in (("float32", 1e-6), ("float64", 1e-12)):
        rnn = keras.layers.SimpleRNN(3, return_sequences=True, dtype=dtype)
        output = keras.layers.Dense(7, dtype=dtype)
        rnn.build(page.x.shape)
        output.build((2, 5, 3))
        rnn.set_weights([W, U, b])
        output.set_weights([W_y, b_y])
        sums = output(rnn(page.x.astype(dtype)))
        losses = keras.losses.sparse_categorical_crossentropy(page.y, sums, from_logits=True)
        np.testing.assert_allclose(values["L"], np.array(losses), rtol=0, atol=tolerance)


def test_reductions(values):
    L = values["L"]
    assert values["keras_each"] == pytest.approx(L, abs=1e-6)
    assert values["keras_sum"] == pytest.approx(L.sum(), abs=1e-5)
    assert values["keras_mean"] == pytest.approx(L.sum() / 10, abs=1e-6)
    default = keras.losses.SparseCategoricalCrossentropy()
    assert default.reduction == "sum_over_batch_size"
    counted = L[0].sum() + L[1, :2].sum()
    assert values["counted"] == 7
    assert values["weighted_sum"] == pytest.approx(counted, abs=1e-5)
    assert values["weighted_default"] == pytest.approx(counted / 10, abs=1e-6)
    assert values["weighted_mean"] == pytest.approx(counted / 7, abs=1e-6)


def test_the_sum_is_the_logarithm_of_the_strings_probability(values):
    product = 1.0
    for p in values["right"][0]:
        product *= p
    assert values["string_probability"][0] == pytest.approx(product, abs=1e-12)
    assert values["best_sum"][0] == pytest.approx(-log(1 / 16), abs=1e-12)


def test_the_same_symbol_read_twice_gives_other_answers(values):
    """Steps 2 and 4 both read S: only the state can tell them apart."""
    h = values["h"]
    assert np.array_equal(page.x[0, 2], page.x[0, 4])
    p = page.softmax(h @ W_y + b_y)
    assert p[2, [2, 3]].sum() > 0.98 and p[4, 6] > 0.98
