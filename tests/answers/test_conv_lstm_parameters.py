"""The parameters of a ConvLSTM2D: by formula, and those of its arrays."""

import keras
import numpy as np

from snippets.answers import conv_lstm_parameters as answer


def test_the_formula_counts_the_arrays():
    values = answer.values()
    assert values["parameters"] == values["by_formula"] == 4 * 40 * (9 * (1 + 40) + 1)
    arrays = [w.size for w in answer.layer.get_weights()]
    assert arrays == [9 * 1 * 4 * 40, 9 * 40 * 4 * 40, 4 * 40]
    assert values["y"] == (2, 8, 8, 40)


def test_the_size_of_the_picture_is_in_no_weight():
    larger = keras.layers.ConvLSTM2D(40, 3, padding="same")
    larger.build((2, 5, 20, 30, 1))
    assert larger.count_params() == answer.values()["parameters"]
    assert larger.compute_output_shape((2, 5, 20, 30, 1)) == (2, 20, 30, 40)


def test_it_has_no_units():
    assert "units" not in answer.layer.get_config()
    assert np.array(answer.film).ndim == 5
