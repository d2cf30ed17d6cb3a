"""How long the trained LSTM keeps a cell, asked of Keras's own cell."""

from math import log

import keras
import numpy as np
import pytest

from snippets.lstm import memory, trained
from snippets.lstm.model import make_data


@pytest.fixture(scope="module")
def values():
    return memory.values()


def test_by_the_bias(values):
    for bias, steps in zip((3.22, 2.18), values["half_life"]):
        f = float(keras.ops.sigmoid(np.float64(bias)))
        assert steps == pytest.approx(log(0.5) / log(f), rel=1e-6)


def test_half_of_the_cell_is_gone_after_the_steps_that_are_counted():
    """Two cells of Keras that start 1 apart come nearer by the forget gates alone."""
    x, _ = make_data(memory.N, memory.T, 7)
    x[:, 1:, 2] = 0
    layer = keras.layers.LSTM(2, return_sequences=True)
    layer.build(x.shape)
    layer.set_weights([trained.W, trained.U, trained.b])
    cell = layer.cell
    h = np.array(layer(x))
    left = np.ones((memory.N, 2))
    steps = np.zeros((memory.N, 2), int)
    for t in range(1, memory.T):
        before = h[:, t - 1]
        _, (_, low) = cell(x[:, t], [before, np.zeros_like(before)])
        _, (_, high) = cell(x[:, t], [before, np.ones_like(before)])
        left *= np.array(high - low)
        steps[(steps == 0) & (left < 0.5)] = t
    assert (steps > 0).all()  # each cell has lost its half before the sequence ends
    assert (steps == memory.steps_to_half()).mean() > 0.999


def test_in_the_middle(values):
    steps = np.sort(memory.steps_to_half(), axis=0)
    assert steps.shape == (1000, 2)
    assert values["middle"].tolist() == ((steps[499] + steps[500]) / 2).tolist()


@pytest.mark.parametrize(("T", "seed"), [(30, 7), (64, 7), (64, 8), (100, 7), (100, 9)])
def test_the_sign_decides_for_unit_1_whatever_is_drawn(values, T, seed):
    """Sequence by sequence, by the first sign: two clumps with nothing between them."""
    x, _ = make_data(memory.N, T, seed)
    steps = memory.steps_to_half(T, seed)
    clumps = {sign: [] for sign in (1, -1)}
    for sequence, n in zip(x, steps[:, 1].tolist()):
        clumps[int(sequence[0, 0])].append(n)
    plus, minus = (sorted(clumps[sign]) for sign in (1, -1))
    assert len(plus) > 400 and len(minus) > 400
    assert plus[-1] < 8 < minus[0]
    assert plus[len(plus) // 2] == values["plus"][1] == 5
    assert minus[len(minus) // 2] == values["minus"][1] == 10
    assert np.median(steps[:, 0]) == values["middle"][0]


def test_claims_follow_the_values(values):
    assert all(true for _, true in memory.claims(values).values())
    other = {**values, "half_life": values["middle"] + np.array([30, 30])}
    assert not any(true for _, true in memory.claims(other).values())
