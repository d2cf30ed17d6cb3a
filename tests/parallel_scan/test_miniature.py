"""The minGRU's miniature, as a pocket calculator has it."""

from math import exp

import pytest

from snippets.parallel_scan import miniature as part


def test_three_steps_by_hand():
    values, h = part.values(), 0.0
    for t, x in enumerate([1, -1, 0.5]):
        z = 1 / (1 + exp(1.5 * x - 0.5))
        candidate = x + 0.1
        assert values["sum_z"][t] == pytest.approx(0.5 - 1.5 * x)
        assert values["gate"][t] == pytest.approx(z)
        assert values["proposed"][t] == pytest.approx(candidate)
        assert values["kept"][t] == pytest.approx(z * h)
        assert values["taken"][t] == pytest.approx((1 - z) * candidate)
        h = z * h + (1 - z) * candidate
        assert values["state"][t] == pytest.approx(h)
    assert values["scan_same"] and values["cell_same"] and values["layer_same"]
