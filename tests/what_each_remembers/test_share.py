"""What is left of a first step, step by step."""

from math import exp

import pytest

from snippets.what_each_remembers import share as part


def test_the_shares_by_a_loop():
    values = part.values()
    for bias, row, half in zip(part.BIASES, values["gates"], values["half"], strict=True):
        gate, left = 1 / (1 + exp(-bias)), 1.0
        for step in range(1, 301):
            left *= gate
            if step in part.DISTANCES:
                assert row[list(part.DISTANCES).index(step)] == pytest.approx(left, rel=1e-9)
        assert gate**half == pytest.approx(0.5)
    assert values["means"].tolist() == pytest.approx([1 / 3, 1 / 11, 1 / 31, 1 / 101, 1 / 301])
    assert values["scan_same"] and values["keras_same"] and values["mean_same"]
