"""The last state with padding before and after, by plain arithmetic."""

from math import tanh

import pytest

from snippets.answers import pad_side as answer


def last(inputs):
    """The last state of the answer's layer: W = 1, U = 0.5, b = 0.5."""
    h = 0.0
    for x in inputs:
        h = tanh(x + 0.5 * h + 0.5)
    return h


def test_what_padding_does_on_either_side():
    values = answer.values()
    assert values["alone"] == pytest.approx(last([1, -1]), abs=1e-6)
    assert values["pre"][0] == pytest.approx(last([0, 0, 1, -1]), abs=1e-6)
    assert values["post"][0] == pytest.approx(last([1, -1, 0, 0]), abs=1e-6)


def test_with_a_mask_the_side_does_not_matter():
    values = answer.values()
    assert values["pre"][1] == pytest.approx(last([1, -1]), abs=1e-6)
    assert values["post"][1] == pytest.approx(last([1, -1]), abs=1e-6)
