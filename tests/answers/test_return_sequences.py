"""The sums of 1, 2, 3: the last one, or all."""

import itertools

from snippets.answers import return_sequences as answer


def test_the_layer_adds():
    values = answer.values()
    assert list(values["every"]) == list(itertools.accumulate([1, 2, 3]))
    assert list(values["last"]) == [sum([1, 2, 3])]
