"""The sums of each step, with and without the wrapper."""

from snippets.answers import dense_or_wrapped as answer


def test_both_add_the_numbers_of_each_step():
    values = answer.values()
    assert list(values["alone"]) == list(values["wrapped"]) == [1 + 2, 3 + 4, 5 + 6]
