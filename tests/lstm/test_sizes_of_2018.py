"""The sizes of the tutorial of 2018."""

import pytest

from snippets.lstm import sizes_of_2018 as lstm_2018


@pytest.fixture(scope="module")
def values():
    return lstm_2018.values()


def test_the_original_has_1162_parameters(values):
    assert values["parameters"] == 4 * (7 * 13 + 13 * 13 + 13) + 13 * 5 + 5 == 1162
    assert values["layer"] == 4 * values["gate"]
    assert values["layer"] + values["output"] == 1162


def test_its_arrays_and_its_input(values):
    assert values["weights"].tolist() == ["(7, 52)", "(13, 52)", "(52,)", "(13, 5)", "(5,)"]
    assert lstm_2018.x_2018.tolist() == [[[1, 1, 1, 1, 2, 3, 4], [1, 2, 3, 4, 3, 2, 1]]]
    assert values["y_shape"] == "(1, 2, 5)" and values["same_as_keras"]


def test_parameters_of_the_second_exercise(values):
    assert values["exercise"] == 4 * (50 * 100 + 100 * 100 + 100)
