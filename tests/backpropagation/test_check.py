"""Differences against derivatives known in the open, and how good they get."""

import numpy as np
import pytest

from snippets.backpropagation import check
from snippets.backpropagation.miniature import gradients
from snippets.math_of_a_simple_rnn.miniature import U, W, W_y, b, b_y, x


@pytest.fixture(scope="module")
def values():
    return check.values()


def test_differences_of_a_polynomial():
    """w cubed: the derivative is 3 w squared, and the error the step squared."""
    w = np.array([[1.0, -2.0], [0.5, 3.0]])
    before = w.copy()
    [slopes] = check.differences(lambda w: np.sum(w**3), [w], 0.01)
    np.testing.assert_allclose(slopes, 3 * w**2 + 0.01**2, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(w, before)
    [error] = check.own_error(lambda w: np.sum(w**3), [w], 0.01)
    np.testing.assert_allclose(error, 0.01**2, rtol=0, atol=1e-8)


@pytest.mark.parametrize("step", [1e-3, 1e-4, 1e-6])
def test_all_five_gradients_lie_within_the_error_of_the_differences(step):
    weights = [array.copy() for array in (W, U, b, W_y, b_y)]
    for scale in (1, 10):
        loss = lambda *w, scale=scale: check.forward(x[None] / scale, *w)[2]
        near = check.differences(loss, weights, step)
        error = check.own_error(loss, weights, step)
        for d, g, e in zip(near, gradients(x[None] / scale, *weights), error, strict=True):
            assert np.all(abs(d - g) <= 1.01 * e) and np.all(e < 1e-5)


def test_the_tape_and_the_differences_of_the_page(values):
    assert values["same_as_tape"] and values["same_as_tape_32"] and values["within"]


def test_a_wrong_gradient_is_outside_the_error():
    weights = [array.copy() for array in (W, U, b, W_y, b_y)]
    wrong = gradients(x[None] / 10, W, U, b + 1e-6, W_y, b_y)
    near = check.differences(check.the_loss, weights, 1e-4)
    error = check.own_error(check.the_loss, weights, 1e-4)
    assert any(np.any(abs(d - g) > e) for d, g, e in zip(near, wrong, error))


def test_for_the_output_weight_a_difference_is_exact(values):
    """The loss is a parabola in W_y, so even a step of one tenth leaves nothing but rounding."""
    weights = [array.copy() for array in (W, U, b, W_y, b_y)]
    coarse = check.differences(check.the_loss, weights, 0.1)
    assert coarse[3].item() == pytest.approx(values["tape"][3], abs=1e-13)
    assert abs(coarse[0].item() - values["tape"][0]) > 1e-6


@pytest.mark.claim
def test_two_decimals_gained_at_first_and_one_lost_later(values):
    for name in ("W", "U"):
        digits = values[f"digits_{name}"]
        np.testing.assert_allclose(np.diff(digits[:4]), 2, rtol=0, atol=0.2)
        assert digits.argmax() in (3, 4, 5)
        assert -1.7 < (digits[11] - digits[5]) / 6 < -0.6
    assert 2 < values["digits_W"][11] < 6


def test_claims_follow_the_values(values):
    assert all(true for _, true in check.claims(values).values())
    other = {"digits_W_y": np.array([3, 5, 4]), "within": False}
    assert not any(true for _, true in check.claims(other).values())
