"""The exercises, with Keras reading the strings and with counts by arithmetic."""

import math
from itertools import product

import keras
import numpy as np
import pytest

from snippets.gru import exercises


def answers_of_keras(T, weights, reset_after):
    W, U, b = weights
    strings = list(product([0, 1], repeat=T))
    layer = keras.layers.GRU(2, reset_after=reset_after)
    x = np.array(strings, "float32")[..., None]
    layer.build(x.shape)
    layer.set_weights([W, U, np.stack([b, 0 * b]) if reset_after else b])
    return strings, (np.array(layer(x))[:, 1] > 0).tolist()


def test_150_or_135_parameters():
    """Exercise 1."""
    for reset_after, parameters in ((True, 150), (False, 135)):
        layer = keras.layers.GRU(5, reset_after=reset_after)
        layer.build((None, None, 3))
        assert layer.count_params() == parameters


def test_forgetting_everything():
    """Exercise 2: -1 times 1.0 plus 0.1."""
    assert exercises.values()["forgotten"] == pytest.approx(math.tanh(-1 * 1.0 + 0.1), abs=1e-12)


@pytest.mark.parametrize("reset_after", [True, False])
def test_weights_that_are_right_under_both_conventions(reset_after):
    """Exercise 3."""
    for T in range(1, 7):
        strings, answers = answers_of_keras(T, exercises.both_ways, reset_after)
        assert answers == [sum(bits) == 1 for bits in strings]


def test_a_reset_gate_always_open_answers_whether_the_first_bit_is_1():
    """Exercise 4."""
    right = 0
    for T in range(1, 7):
        strings, answers = answers_of_keras(T, exercises.with_reset(10.0), False)
        assert answers == [bits[0] == 1 for bits in strings]
        right += sum(answer == (sum(bits) == 1) for bits, answer in zip(strings, answers))
    assert right == exercises.values()["reset_open"] < 126 == exercises.values()["starts_with_1"]


def test_a_reset_gate_always_shut_fails_where_the_one_1_is_not_the_last_bit():
    """Exercise 4."""
    wrong = []
    for T in range(1, 7):
        strings, answers = answers_of_keras(T, exercises.with_reset(-10.0), False)
        wrong += [bits for bits, answer in zip(strings, answers) if answer != (sum(bits) == 1)]
    assert all(sum(bits) == 1 and bits[-1] == 0 for bits in wrong)
    assert len(wrong) == 0 + 1 + 2 + 3 + 4 + 5 == 126 - exercises.values()["reset_shut"]
