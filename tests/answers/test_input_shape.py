"""What an LSTM reads and returns, and what m does to its weights."""

import keras
import numpy as np
import pytest

from snippets.answers import input_shape as answer


def test_m_is_the_number_of_rows_of_the_kernel_and_nowhere_else():
    values = answer.values()
    (N, T, m), u = values["x"], 4
    assert N * T == values["days"] and values["y"] == (N, u)
    assert (values["kernel"], values["recurrent"], values["bias"]) == (
        (m, 4 * u),
        (u, 4 * u),
        (4 * u,),
    )


def test_each_piece_is_five_days_in_a_row():
    days = answer.x[..., 0] / 2
    np.testing.assert_array_equal(days, np.arange(30).reshape(6, 5))


@pytest.mark.parametrize("option", [{"input_shape": (5, 2)}, {"input_dim": 2}])
def test_two_older_options_bring_a_warning(option):
    with pytest.warns(UserWarning, match="Do not pass an `input_shape`/`input_dim` argument"):
        keras.layers.LSTM(4, **option)


def test_the_third_is_gone():
    with pytest.raises(ValueError, match="input_length"):
        keras.layers.LSTM(4, input_length=5)
