"""Attention with numbers whose softmax one can write down."""

from math import exp

import pytest

from snippets.answers import attention as answer


def test_the_weights_and_their_mean():
    values = answer.values()
    total = exp(2) + exp(0) + exp(2)
    expected = [exp(2) / total, 1 / total, exp(2) / total]
    assert values["scores"].tolist() == [2, 0, 2]
    assert values["weights"].tolist() == pytest.approx(expected, abs=1e-12)
    context = [expected[0] + expected[2], expected[1] + expected[2]]
    assert values["context"].tolist() == pytest.approx(context, abs=1e-12)
    assert values["same"]


def test_padding_gets_nothing_if_the_mask_is_given():
    total = exp(2) + 1
    expected = [exp(2) / total, 1 / total, 0]
    assert answer.values()["masked"].tolist() == pytest.approx(expected, abs=1e-9)
