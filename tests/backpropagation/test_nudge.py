"""The nudges that the page begins with, in plain arithmetic and with Keras."""

from math import tanh

import numpy as np
import pytest

from snippets.backpropagation import nudge
from snippets.math_of_a_simple_rnn.miniature import W, W_y, b_y, build_model


@pytest.fixture(scope="module")
def values():
    return nudge.values()


def pocket(U=-1.0, b=0.0):
    h = 0.0
    for number in (0.1, 0.2, 0.3):
        h = tanh(number * 1.4501959 + h * U + b)
    return (h * 0.5759429 - 1) ** 2


def test_each_loss(values):
    assert values["loss"] == pytest.approx(pocket(), abs=1e-12)
    assert values["loss_b"] == pytest.approx(pocket(b=0.01), abs=1e-12)
    assert values["loss_U"] == pytest.approx(pocket(U=-0.99), abs=1e-12)


@pytest.mark.parametrize(("name", "U", "b"), [("loss_b", -1.0, 0.01), ("loss_U", -0.99, 0.0)])
def test_keras_finds_the_same_loss(values, name, U, b):
    model = build_model()
    model.set_weights([W, np.array([[U]]), np.array([b]), W_y, b_y])
    y = model.predict(np.array([[[0.1], [0.2], [0.3]]]), verbose=0).item()
    assert (y - 1) ** 2 == pytest.approx(values[name], abs=1e-6)


def test_the_gradient_predicts_both(values):
    """By differences of losses that are computed with plain numbers."""
    by_b = (pocket(b=1e-5) - pocket(b=-1e-5)) / 2e-5
    by_U = (pocket(U=-1 + 1e-5) - pocket(U=-1 - 1e-5)) / 2e-5
    assert values["told_b"] == pytest.approx(0.01 * by_b, abs=1e-9)
    assert values["told_U"] == pytest.approx(0.01 * by_U, abs=1e-9)
    # A move of 0.01 does so to the hundredth part, and that of U does hardly anything.
    assert values["lost_b"] == pytest.approx(-values["told_b"], rel=0.01)
    assert abs(values["loss_U"] - values["loss"]) < 0.01 * values["lost_b"]


def test_the_smaller_the_move_the_better_the_prediction(values):
    """And one of another size, or with the other sign, is none."""
    slope = values["told_b"] / 0.01
    off = [abs(pocket(b=move) - pocket() - slope * move) / move for move in (0.01, 0.005, 0.001)]
    assert off[0] > off[1] > off[2]
    assert nudge.claims(values)["near"][1]
    for told in (-values["told_b"], 1.03 * values["told_b"]):
        assert not nudge.claims({**values, "told_b": told})["near"][1]
