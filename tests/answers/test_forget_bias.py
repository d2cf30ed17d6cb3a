"""The biases of a new LSTM, and what its options leave alone."""

import inspect

import keras
import pytest

from snippets.answers import forget_bias as answer


def test_the_biases_of_each_setting():
    values = answer.values()
    forget = [0, 0, 1, 1, 0, 0, 0, 0]
    assert list(values["usual"]) == forget
    assert list(values["without"]) == [0] * 8
    assert list(values["with_own"]) == [2 * one - 1 for one in forget]


def test_a_gru_has_no_such_option():
    assert "unit_forget_bias" in inspect.signature(keras.layers.LSTM).parameters
    with pytest.raises(ValueError, match="unit_forget_bias"):
        keras.layers.GRU(2, unit_forget_bias=True)
