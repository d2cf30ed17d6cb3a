"""Thirty trainings with either forget bias: the record against plain arithmetic, and a short training."""

from math import comb

import numpy as np
import pytest

from snippets.long_sequences import open_gate as part
from snippets.long_sequences.forgetting import measured
from snippets.long_sequences.questions import build_model, questions


def test_the_first_seeds_gave_what_the_page_had_before():
    """The five trainings of forgetting.py are the first five of these: rows LSTM, and LSTM with a bias of 5."""
    five = measured("long_sequences.forgetting")["right"][2:4, 2:]  # (bias, distance, 5)
    thirty = measured("long_sequences.open_gate")["right"]  # (distance, bias, 30)
    found = (thirty[:, :, :5] >= 95).sum(-1)
    assert np.abs(found - (five >= 95).sum(-1).T).max() <= 1  # the last bits of two machines


def test_chance_counts_the_ways():
    values = part.values()
    for (a, b), chance in zip(values["solved"], values["chance"]):
        ways = [comb(30, k) * comb(30, a + b - k) for k in range(b, min(30, a + b) + 1)]
        assert chance == pytest.approx(100 * sum(ways) / comb(60, a + b), rel=1e-9)


def test_the_bias_is_set_and_only_that_of_the_forget_gate():
    model = build_model("LSTM")
    part.start(model, 1, 5.0)
    bias = model.get_weights()[2].reshape(4, -1)
    assert np.all(bias[1] == 5) and not bias[[0, 2, 3]].any()
    x, y = questions(41, 20, seed=0)
    assert part.train(model, x, y, passes=1) == 1
    assert 0 <= part.percent_right(model, x, y) <= 100


@pytest.mark.claim
def test_the_open_gate_helps_at_41():
    solved = part.values()["solved"]
    assert solved[0, 1] >= 25 > 15 >= solved[0, 0]
