"""A masked step repeats, and both ways gives zero: sums that one can do in the head."""

import keras
import numpy as np
import pytest

from snippets.answers import masked_step as answer


def test_the_adder_repeats_where_it_skips():
    assert answer.values()["one_way"].tolist() == [1, 1, 1 + 3]


def test_both_ways_give_zero_there():
    values = answer.values()
    assert values["forwards"].tolist() == [1, 0, 1 + 3]
    assert values["backwards"].tolist() == [3 + 1, 0, 3]


def test_masking_skips_a_real_row_of_zeros():
    assert answer.values()["zero_skipped"].tolist() == [False, True, False]


@pytest.mark.parametrize("kind", [keras.layers.SimpleRNN, keras.layers.LSTM, keras.layers.GRU])
def test_the_state_after_a_masked_step_is_that_of_the_step_before(kind):
    layer = kind(3, dtype="float64")
    x = np.random.default_rng(0).normal(size=(1, 3, 2))
    masked = layer(x, mask=np.array([[True, False, True]]))
    np.testing.assert_allclose(masked, layer(x[:, [0, 2]]), rtol=0, atol=1e-12)
