"""The optimisers by hand against Keras's, several steps with gradients of any size."""

import keras
import numpy as np
import pytest

from snippets.math_of_a_simple_rnn.miniature import x
from snippets.optimisers import step as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def keras_way(optimizer, w, gradients):
    """The weights after each of the gradients, as Keras has them."""
    variable = keras.Variable(w, dtype="float64")
    optimizer.build([variable])
    found = []
    for g in gradients:
        optimizer.apply([keras.ops.convert_to_tensor(g)])
        found.append(np.array(variable))
    return found


@pytest.fixture
def gradients():
    rng = np.random.default_rng(0)
    return rng.normal(size=(4, 6)) * 10.0 ** np.arange(-5, 1)


# Keras keeps rates in 32-bit numbers, so that its steps differ in the eighth digit.
TOLERANCE = 1e-8


def test_rmsprop(gradients):
    w, v = np.ones(6), np.zeros(6)
    theirs = keras_way(keras.optimizers.RMSprop(0.01), w, gradients)
    for g, expected in zip(gradients, theirs, strict=True):
        w, v = part.rmsprop(w, g, v)
        np.testing.assert_allclose(w, expected, rtol=0, atol=TOLERANCE)


def test_sgd(gradients):
    w = np.ones(6)
    theirs = keras_way(keras.optimizers.SGD(0.01), w, gradients)
    for g, expected in zip(gradients, theirs, strict=True):
        w = part.sgd(w, g)
        np.testing.assert_allclose(w, expected, rtol=0, atol=TOLERANCE)


def test_adam(gradients):
    w, a, v = np.ones(6), np.zeros(6), np.zeros(6)
    theirs = keras_way(keras.optimizers.Adam(0.01), w, gradients)
    for n, (g, expected) in enumerate(zip(gradients, theirs, strict=True), 1):
        w, a, v = part.adam(w, g, a, v, n)
        np.testing.assert_allclose(w, expected, rtol=0, atol=1e-6)  # and its corrections, too


def test_defaults_are_those_of_keras():
    rmsprop = keras.optimizers.RMSprop()
    assert (rmsprop.rho, rmsprop.epsilon, rmsprop.centered, rmsprop.momentum) == (
        0.9,
        1e-7,
        False,
        0,
    )
    adam = keras.optimizers.Adam()
    assert (adam.beta_1, adam.beta_2, adam.epsilon) == (0.9, 0.999, 1e-7)


def test_two_steps_of_a_model(values):
    """Keras does it all: gradients, running means, weights."""
    assert values["same_as_keras"]
    rows = part.keras_steps(x / 10, keras.optimizers.SGD(0.01), 1)
    np.testing.assert_allclose(values["sgd"], rows[0], rtol=0, atol=1e-6)


def test_where_epsilon_stands_can_be_seen(values):
    """The trap: with a gradient of 0.002 the two formulas differ by a tenth, and Keras has the one of the page."""
    g = values["large_g"][2]
    [theirs] = keras_way(keras.optimizers.RMSprop(0.01), np.zeros(1), [np.array([g])])
    assert values["large_change"][2] == pytest.approx(theirs[0], abs=1e-8)
    assert values["outside_change"][2] == pytest.approx(
        -0.01 * g / (np.sqrt(0.1) * abs(g) + 1e-7), abs=1e-12
    )
    assert values["outside_change"][2] > 1.1 * values["large_change"][2]


def test_the_first_step_knows_only_the_sign(values):
    np.testing.assert_allclose(abs(values["change"][0]), 0.01 * np.sqrt(10), rtol=0.04)
    assert abs(values["ratio"]) == pytest.approx(
        abs(values["g"][0]).max() / abs(values["g"][0]).min()
    )


def test_the_second_step_is_smaller_and_U_turns_round(values):
    first, second = values["change"]
    assert np.all(abs(second) < abs(first))
    assert first[1] > 0 > second[1] and np.all(first[[0, 2, 3, 4]] * second[[0, 2, 3, 4]] > 0)
    assert values["loss"][0] > values["sgd_loss"] > values["loss"][1] > values["loss"][2]


def test_it_was_the_bias_that_turned_the_gradient_of_U(values):
    start = values["w"][0] - values["change"][0]
    for moved, sign in ((1, -1), (2, 1), (0, -1), (3, -1), (4, -1)):
        w = start.copy()
        w[moved] = values["w"][0][moved]
        assert np.sign(part.gradient(w, x / 10)[1]) == sign
        # The same gradient from a difference of losses, without any rule of differentiation.
        up, down = w.copy(), w.copy()
        up[1] += 1e-5
        down[1] -= 1e-5
        difference = (part.loss(up, x / 10) - part.loss(down, x / 10)) / 2e-5
        assert values["alone"][moved] == pytest.approx(difference, abs=1e-9)
    assert values["g"][0][1] < 0 < values["g"][1][1]


def test_exercise_2(values):
    assert 0.9**6 > 0.5 > 0.9**7 and 6 < values["half"] < 7
    assert 0.9 ** values["half"] == pytest.approx(0.5)


def test_exercise_3(values):
    first, second = values["adam_change"]
    np.testing.assert_allclose(first, 0.01, rtol=1e-3)
    assert abs(second[1]) < 0.3 * abs(first[1])
    rows = part.keras_steps(x / 10, keras.optimizers.Adam(0.01), 2)
    np.testing.assert_allclose(np.diff(rows, axis=0)[0], second, rtol=0, atol=1e-6)


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = {
        "change": np.array([[1, 1, 1, 1, 1.1], [1, 1, 1, 1, 1.2]]),
        "alone": np.array([-1, 1, 1, -1, -1.0]),
        "g": values["g"][[0, 0]],
        "large_change": np.array([0.03, 0.03, 0.02, 0.03, 0.03]),
        "same_as_keras": False,
    }
    assert not any(true for _, true in part.claims(other).values())
