"""The answers, by arithmetic that is written out."""

import math

import pytest

from snippets.recurrences_of_today import exercises


def test_the_slstm_without_its_recurrent_kernel():
    v = exercises.values()
    f = 1 / (1 + math.exp(-1.5))
    c = f * math.exp(1.5) * math.tanh(2.2) + math.exp(-0.5) * math.tanh(-1.8)
    n = f * math.exp(1.5) + math.exp(-0.5)
    h = c / n / (1 + math.exp(0.7))
    assert [v["c"][1], v["n"][1], v["h"][1]] == pytest.approx([c, n, h], abs=1e-12)


def test_half_a_weight():
    v = exercises.values()
    assert math.exp(-0.4 * v["half"]) == pytest.approx(0.5, abs=1e-14)
    assert math.exp(-0.4 * 1) > 0.5 > math.exp(-0.4 * v["steps"])
