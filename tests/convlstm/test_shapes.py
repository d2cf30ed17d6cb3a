"""Counts and shapes of ConvLSTM2D: by arithmetic, and as Keras has them for any size."""

import inspect

import keras
import numpy as np
import pytest

from snippets.convlstm import shapes


@pytest.fixture(scope="module")
def values():
    return shapes.values()


@pytest.mark.parametrize(("m", "u", "k"), [(1, 40, 3), (3, 2, 5), (2, 7, 1)])
def test_the_formula_counts_keras_arrays(m, u, k):
    layer = keras.layers.ConvLSTM2D(u, k)
    layer.build((1, 1, 9, 9, m))
    assert [w.shape for w in layer.get_weights()] == [
        (k, k, m, 4 * u), (k, k, u, 4 * u), (4 * u,),
    ]  # fmt: skip
    assert shapes.conv_lstm_count(m, u, k) == layer.count_params()


def test_numbers_of_the_page(values):
    assert values["count"] == values["by_keras"] == 4 * 40 * (9 * (1 + 40) + 1) == 59_200
    assert values["kernel"] == (3, 3, 1, 160) and values["recurrent"] == (3, 3, 40, 160)
    assert values["starts"].tolist() == [0, 1, 0, 0]  # the forget gate's
    assert values["flat"] == 4 * 4096 * (4096 + 4096 + 1)
    assert values["flat_small"] == 4 * 40 * (4096 + 40 + 1)


def test_a_window_of_one_place_is_counted_like_an_lstm(values):
    layer = keras.layers.LSTM(4)
    layer.build((1, 1, 3))
    assert values["lstm"] == values["like_lstm"] == layer.count_params()


def test_what_comes_out(values):
    assert values["shape_"] == (2, 6, 4, 40)
    assert values["shape_same"] == (2, 8, 6, 40)
    assert values["shape_strides"] == (2, 4, 3, 40)
    assert values["shape_sequences"] == (2, 5, 8, 6, 40)
    assert values["shape_state"] == [(2, 8, 6, 40)] * 3
    assert values["first"] == (2, 5, 1, 8, 6) and values["shape_first"] == (2, 40, 8, 6)


def test_the_state_has_the_size_of_the_output_whatever_the_padding():
    """The recurrent convolution is always "same": "valid" loses two places once, not at each step."""
    layer = keras.layers.ConvLSTM2D(2, 3, padding="valid", return_state=True)
    for T in (1, 7):
        assert [tuple(part.shape) for part in layer(np.zeros((1, T, 6, 5, 1)))] == [
            (1, 4, 3, 2)
        ] * 3


def test_one_frame_alone_is_refused():
    with pytest.raises(ValueError, match="expected ndim=5"):
        keras.layers.ConvLSTM2D(2, 3)(np.zeros((1, 6, 5, 1)))


def test_channels_first_has_the_same_arrays():
    first = keras.layers.ConvLSTM2D(2, 3, data_format="channels_first")
    first.build((1, 4, 3, 6, 5))
    assert [w.shape for w in first.get_weights()] == [(3, 3, 3, 8), (3, 3, 2, 8), (8,)]
    assert "data_format" in inspect.signature(keras.layers.ConvLSTM2D).parameters
