"""The number of the home page against arithmetic, a layer of its own, and planted faults."""

from math import tanh

import keras
import numpy as np
import pytest

from snippets.home import same_number


def test_each_way_gives_the_state_that_arithmetic_gives():
    """The three steps written out, without a loop."""
    wanted = tanh(-0.8 + 0.5 * tanh(0.5 * tanh(0.8 + 0.1) + 0.1) + 0.1)
    values = same_number.values()
    assert values["by_hand"] == pytest.approx(wanted, rel=0, abs=1e-12)
    assert values["in_steps"] == pytest.approx(wanted, rel=0, abs=1e-12)
    assert values["by_keras"] == pytest.approx(wanted, rel=0, abs=1e-6)


def test_the_layer_that_the_page_builds_is_the_one_it_describes():
    """Its last state is the last of all states of a Keras layer that returns the sequence."""
    layer = keras.layers.SimpleRNN(1, return_sequences=True, dtype="float64")
    layer.build((None, None, 1))
    layer.set_weights([np.array([[0.8]]), np.array([[0.5]]), np.array([0.1])])
    states = np.array(layer(np.array([[[1.0], [0.0], [-1.0]]])))[0, :, 0]
    assert same_number.values()["by_hand"] == pytest.approx(states[-1], rel=0, abs=1e-12)
    assert states.shape == (3,)


@pytest.mark.parametrize("name", ["by_hand", "by_keras", "in_steps"])
def test_the_claim_is_false_once_one_digit_differs(name):
    values = same_number.values()
    [(_, true)] = same_number.claims(values).values()
    assert true
    [(_, true)] = same_number.claims(values | {name: values[name] + 1e-4}).values()
    assert not true
