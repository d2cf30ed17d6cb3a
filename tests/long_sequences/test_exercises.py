"""The numbers of the answers, by other ways."""

import math

import pytest

from snippets.layers.lstm import lstm
from snippets.long_sequences import exercises as part
from snippets.lstm.miniature import U, W, b, x


def test_the_gate_that_leaves_a_half():
    values = part.values()
    assert values["gate"] ** 40 == pytest.approx(0.5, abs=1e-12)
    assert 1 / (1 + math.exp(-values["gate_bias"])) == pytest.approx(values["gate"], abs=1e-12)
    assert values["halved"].tolist() == [1 / 1024, 1 / 1024**2]


def test_without_the_weight_of_the_output_gate_only_the_way_by_the_cell_is_left():
    values = part.values()
    _, _, _, o, cells, states = lstm(x[None], W, U, b)[:, 0, :, 0]
    c, h, o = cells[1], states[1], o[2]
    by_o = math.tanh(cells[2]) * o * (1 - o) * U[0, 3]
    assert values["o_without"] == pytest.approx(1 / (1 + math.exp(-(0.5 * -1 - 0.2))), abs=1e-12)

    def after(h, U):
        return lstm(x[None, 2:], W, U, b, h=h, c=c)[5, 0, 0, 0]

    for kernel, right in ((U * [1, 1, 1, 0], values["by_cell_without"]), (U, None)):
        slope = (after(h + 1e-5, kernel) - after(h - 1e-5, kernel)) / 2e-5
        if right is None:  # with it, the way by the output gate is added
            assert slope - values["by_cell"] == pytest.approx(by_o, abs=1e-9)
        else:
            assert slope == pytest.approx(right, abs=1e-9)
