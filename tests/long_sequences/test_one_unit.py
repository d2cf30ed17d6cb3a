"""One step back through one unit: against automatic differentiation and plain arithmetic."""

import math

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.gru import miniature as part_e
from snippets.layers.gru import gru
from snippets.layers.lstm import lstm
from snippets.long_sequences import one_unit as part
from snippets.lstm import miniature as part_d


@pytest.fixture(scope="module")
def values():
    return part.values()


def by_tape(cell, weights, x, *states):
    """All derivatives of a step of one unit: new states by old ones, in Keras's order."""
    cell.build((None, 1))
    cell.set_weights(weights)
    before = [tf.constant([[state]], "float64") for state in states]
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(before)
        _, new = cell(tf.constant([[x]], "float64"), before)
    return [[tape.gradient(n, b).numpy().item() for b in before] for n in new]


def test_the_lstm_as_keras_derives_it(values):
    c, h = lstm(part_d.x[None], part_d.W, part_d.U, part_d.b)[4:, 0, 1, 0]
    cell = keras.layers.LSTMCell(1, dtype="float64")
    (hh, hc), (ch, cc) = by_tape(cell, [part_d.W, part_d.U, part_d.b], part_d.x[2, 0], h, c)
    found = [values[name] for name in ("hh", "hc", "ch", "cc")]
    np.testing.assert_allclose(found, [hh, hc, ch, cc], rtol=0, atol=1e-12)


def test_the_gru_as_keras_derives_it(values):
    h = gru(part_e.x, part_e.W, part_e.U, part_e.b)[3, 0, 1, 0]
    cell = keras.layers.GRUCell(1, dtype="float64")
    [[derivative]] = by_tape(cell, [part_e.W, part_e.U, part_e.b], part_e.x[0, 2, 0], h)
    assert values["J"] == pytest.approx(derivative, abs=1e-12)
    assert sum(values["gru_ways"]) == pytest.approx(derivative, abs=1e-12)


def test_each_way_alone(values):
    """Moving one gate alone, by finite differences of its sum."""

    def sigmoid(z):
        return 1 / (1 + math.exp(-z))

    c, h = lstm(part_d.x[None], part_d.W, part_d.U, part_d.b)[4:, 0, 1, 0]
    x = part_d.x[2, 0]
    sums = [x * part_d.W[0, k] + h * part_d.U[0, k] + part_d.b[k] for k in range(4)]

    def step(z_i, z_f, z_c, z_o):
        new = sigmoid(z_f) * c + sigmoid(z_i) * math.tanh(z_c)
        return new, sigmoid(z_o) * math.tanh(new)

    for gate, way in enumerate(values["ways"]):
        ends = []
        for nudge in (1e-5, -1e-5):
            moved = list(sums)
            moved[gate] += nudge * part_d.U[0, gate]
            ends.append(step(*moved)[gate == 3])  # by the output gate: h; by the others: c
        assert way == pytest.approx((ends[0] - ends[1]) / 2e-5, abs=1e-9)


def test_what_is_foretold_is_nearly_what_comes(values):
    for name in ("c", "h"):
        change, foretold = values[f"change_{name}"], values[f"foretold_{name}"]
        np.testing.assert_allclose(change, foretold, rtol=0, atol=2e-5)
    assert values["gru_change"] == pytest.approx(values["gru_foretold"], abs=1e-4)
