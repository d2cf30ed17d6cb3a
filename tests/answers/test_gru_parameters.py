"""The two counts of a GRU's parameters."""

import keras

from snippets.answers import gru_parameters as answer


def test_the_counts():
    values = answer.values()
    assert values["today"] == 3 * (4 * 5 + 5 * 5 + 2 * 5)
    assert values["before"] == 3 * (4 * 5 + 5 * 5 + 5)
    assert values["more"] == 3 * 5


def test_the_default():
    assert keras.layers.GRU(5).reset_after is True
