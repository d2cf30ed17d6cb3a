"""All bit strings of up to six bits, read by Keras itself, with both conventions."""

from itertools import product

import keras
import numpy as np
import pytest

from snippets.gru import exactly_one as logic


def by_keras(strings, W, U, b, reset_after):
    layer = keras.layers.GRU(U.shape[0], return_sequences=True, reset_after=reset_after)
    x = np.array(strings, "float32")[..., None]
    layer.build(x.shape)
    layer.set_weights([W, U, np.stack([b, 0 * b]) if reset_after else b])
    return np.array(layer(x))


@pytest.mark.parametrize("reset_after", [True, False])
def test_keras_reads_the_same_states(reset_after):
    for W, U, b in (logic.at_least_one, logic.any_zero, (logic.W, logic.U, logic.b)):
        strings = list(product([0, 1], repeat=6))
        by_hand = logic.read(strings, W, U, b, reset_after)
        np.testing.assert_allclose(
            by_hand, by_keras(strings, W, U, b, reset_after), rtol=0, atol=1e-6
        )


@pytest.mark.parametrize("reset_after", [True, False])
@pytest.mark.parametrize("T", range(1, 7))
def test_all_and_any_are_perfect_under_both_conventions(T, reset_after):
    assert logic.count_right("all", T, reset_after) == 2**T
    assert logic.count_right("any", T, reset_after) == 2**T


@pytest.mark.parametrize("T", range(1, 7))
def test_exactly_one_is_perfect_with_the_reset_before_and_becomes_at_least_one_after(T):
    """One string has no 1 and T have one; the others are answered wrongly."""
    assert logic.count_right("one", T, False) == 2**T
    assert logic.count_right("one", T, True) == 1 + T
    strings = list(product([0, 1], repeat=T))
    answers = by_keras(strings, logic.W, logic.U, logic.b, True)[:, -1, 1] > 0
    assert answers.tolist() == [sum(bits) >= 1 for bits in strings]


def test_the_sums_of_the_table_are_those_that_keras_makes():
    """Each case as one step of Keras's cell, from the states that the table names."""
    cell = keras.layers.GRUCell(2, reset_after=False, dtype="float64")
    cell.build((None, 1))
    cell.set_weights([logic.W, logic.U, logic.b])
    values = logic.values()
    cases = {
        "one_first": (1, 0, -1),
        "one_again": (1, 1, 1),
        "zero_yes": (0, 1, 1),
        "zero_no": (0, 1, -1),
        "zero_start": (0, 0, -1),
    }
    for name, (bit, note, answer) in cases.items():
        _, (h,) = cell(np.array([[float(bit)]]), [np.array([[float(note), float(answer)]])])
        assert np.array(h)[0, 1] == pytest.approx(np.tanh(values[name]), abs=2e-3), name


def test_claims_follow_the_values():
    values = logic.values()
    assert all(true for _, true in logic.claims(values).values())
    other = {**values, "zero_yes": -3, "one_after": values["one_before"]}
    assert not any(true for _, true in logic.claims(other).values())
