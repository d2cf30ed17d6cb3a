"""The parameters of an LSTM, counted array by array."""

from snippets.answers import lstm_parameters as answer


def test_the_count():
    values = answer.values()
    arrays = 4096 * 1024, 256 * 1024, 1024
    assert values["parameters"] == values["by_formula"] == sum(arrays)
    assert tuple(w.size for w in answer.layer.get_weights()) == arrays
