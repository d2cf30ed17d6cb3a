"""The answers to the exercises."""

from math import log

import keras
import numpy as np
import pytest

from snippets.inside_an_rnn_layer import exercises as page
from snippets.inside_an_rnn_layer.model import U, W, W_y, b, b_y
from snippets.reber.strings import one_hot, walk


@pytest.fixture(scope="module")
def values():
    return page.values()


def test_counts_by_arithmetic(values):
    assert values["two_layers"] == (7 * 3 + 3 * 3 + 3) + (3 * 3 + 3 * 3 + 3)
    assert values["uniform"] == pytest.approx(log(7), abs=1e-12)
    assert values["uniform_sum"] == pytest.approx(5 * log(7), abs=1e-12)
    assert (values["rows"], values["columns"]) == (7 + 10, 4 * 10)
    assert values["parameters"] == 4 * (7 * 10 + 10 * 10 + 10)


def test_a_symbol_changes_states_from_its_step_on_and_losses_from_the_step_before(values):
    assert walk("BTP") is None
    layer = keras.layers.SimpleRNN(3, return_sequences=True, dtype="float64")
    layer.build((None, None, 7))
    layer.set_weights([W, U, b])
    right, other = (np.array(layer(one_hot(s)[None]))[0] for s in ("BTSXS", "BTPXS"))
    changed = np.abs(right - other).max(axis=1) > 1e-9
    assert changed.tolist() == [False, False, True, True, True]
    log_p = np.array(keras.ops.log_softmax(right[1] @ W_y + b_y))
    assert values["L_illegal"][1] == pytest.approx(-log_p["BTSXPVE".index("P")], abs=1e-6)


def test_a_counter_counts(values):
    counts = keras.layers.RNN(page.Counter(), return_sequences=True)(np.zeros((2, 6, 7)))
    assert np.array(counts)[:, :, 0].tolist() == [[1, 2, 3, 4, 5, 6]] * 2
    assert values["counted"] == 6
