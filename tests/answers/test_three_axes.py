"""The error of an axis that is missing, and what mends it."""

import keras
import numpy as np
import pytest

from snippets.answers import three_axes as answer


def test_the_error_has_the_words_that_people_search_for():
    values = answer.values()
    assert "expected ndim=3, found ndim=2" in values["told"]
    assert values["told"].endswith("(5, 3)")
    assert values["one"] == (1, 4) and values["many"] == (2, 4)


def test_the_same_error_comes_between_two_layers():
    lower, upper = keras.layers.LSTM(4), keras.layers.LSTM(4)
    with pytest.raises(ValueError, match="expected ndim=3, found ndim=2"):
        upper(lower(np.zeros((2, 5, 3))))
    lower.return_sequences = True
    assert upper(lower(np.zeros((2, 5, 3)))).shape == (2, 4)
