"""The masked loss, by arithmetic in the open."""

import pytest

from snippets.answers import masked_loss as answer


def test_padding_is_counted_only_without_a_mask():
    values = answer.values()
    outputs = [1, 1 + 2, 1 + 2 + 0]
    assert values["outputs"].tolist() == outputs
    squares = [output**2 for output in outputs]  # the targets are 0
    assert values["masked"] == pytest.approx(sum(squares[:2]) / 2, abs=1e-6)
    assert values["plain"] == pytest.approx(sum(squares) / 3, abs=1e-6)
