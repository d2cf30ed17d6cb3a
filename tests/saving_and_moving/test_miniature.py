"""Four columns in another order, computed without the step of the layer."""

import math

import numpy as np

from snippets.saving_and_moving import miniature as page
from tests import onnx


def sigma(a):
    return 1 / (1 + math.exp(-a))


def test_the_first_state_with_a_pocket_calculator():
    v = page.values()
    i, f, c, o = 1.0 + 0.5, -0.5 + 1.0, 2.0 + 0.2, 0.5 - 0.2
    np.testing.assert_allclose(v["z"], [i, f, c, o], rtol=0, atol=1e-12)
    right = sigma(o) * math.tanh(sigma(i) * math.tanh(c))
    wrong = sigma(f) * math.tanh(sigma(i) * math.tanh(o))
    np.testing.assert_allclose([v["right"], v["wrong"]], [right, wrong], rtol=0, atol=1e-12)


def test_what_onnx_makes_of_columns_that_nobody_moved():
    """Its own equations, given Keras's arrays transposed and no more."""
    v = page.values()
    B = np.concatenate([page.b, 0 * page.b])
    states = onnx.states("LSTM", page.x[:, None], page.W.T, page.U.T, B)
    np.testing.assert_allclose(v["wrong_states"], states[:, 0, 0], rtol=0, atol=1e-12)
    assert v["states"][0] == v["right"] and v["wrong_states"][0] == v["wrong"]


def test_not_even_the_sign_of_the_last_is_right():
    v = page.values()
    assert v["states"][-1] > 0 > v["wrong_states"][-1]
