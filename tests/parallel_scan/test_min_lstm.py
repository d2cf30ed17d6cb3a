"""The minLSTM's miniature, as a pocket calculator has it."""

from math import exp

import pytest

from snippets.parallel_scan import min_lstm as part


def test_three_steps_by_hand():
    values, h = part.values(), 0.0
    for t, x in enumerate([1, 0, -1]):
        i, f = 1 / (1 + exp(-x - 0.5)), 1 / (1 + exp(0.5 * x - 1))
        assert values["gate_i"][t] == pytest.approx(i)
        assert values["gate_f"][t] == pytest.approx(f)
        assert values["share_f"][t] == pytest.approx(1 - values["share_i"][t])
        h = (f * h + i * (2 * x + 0.2)) / (i + f)
        assert values["kept"][t] + values["written"][t] == pytest.approx(h)
        assert values["state"][t] == pytest.approx(h)
    assert values["scan_same"] and values["layer_same"]
