"""The miniature of the selective state space by arithmetic that is written out."""

import math

import numpy as np
import pytest

from snippets.selective_state_space import exercises, fixed, sizes, traps
from snippets.selective_state_space import miniature as page


def by_hand(xs, short=True, softplus=True, sign=-1):
    """y (T,) of the two numbers of state, one after the other."""
    h1 = h2 = 0.0
    answers = []
    for x in xs:
        a = x + 0.5
        delta = math.log(1 + math.exp(a)) if softplus else a
        first = delta if short else (1 - math.exp(-delta)) / 1
        second = delta if short else (1 - math.exp(-2 * delta)) / 2
        h1 = math.exp(sign * delta) * h1 + first * x * x
        h2 = math.exp(2 * sign * delta) * h2 - 0.5 * second * x * x
        answers.append(x * h1 + 0.5 * x * h2 + 0.2 * x)
    return answers


def test_the_miniature_by_arithmetic_written_out():
    v = page.values()
    np.testing.assert_allclose(v["y"], by_hand((1, 0.5, -1)), rtol=0, atol=1e-12)
    np.testing.assert_allclose(v["kept"] + v["written"], v["h"], rtol=0, atol=1e-15)
    np.testing.assert_allclose(v["read"] + v["passed"], v["y"], rtol=0, atol=1e-15)
    assert v["loop_same"] and v["scan_same"]


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_keras_gives_the_same(dtype, tolerance):
    for by_keras in page.in_keras(page.x.astype(dtype), dtype):
        np.testing.assert_allclose(by_keras[0, :, 0], page.values()["y"], rtol=0, atol=tolerance)


def test_each_mistake_written_out():
    v = traps.values()
    for name, how in (
        ("held", {"short": False}),
        ("no_softplus", {"softplus": False}),
        ("positive", {"sign": 1}),
    ):
        np.testing.assert_allclose(v[name], by_hand((1, 0.5, -1), **how), rtol=0, atol=1e-12)
    assert v["no_delta"][0] == pytest.approx(1 - 0.25 + 0.2, abs=1e-14)


def test_a_fixed_one_is_a_convolution_with_its_kernel():
    """The kernel written out: e to −j/2 and to −j for the two numbers."""
    v = fixed.values()
    kernel = [0.5 * math.exp(-j / 2) - 0.125 * math.exp(-j) for j in range(3)]
    np.testing.assert_allclose(v["kernel"], kernel, rtol=0, atol=1e-14)
    np.testing.assert_allclose(v["y"], np.convolve((1, 0.5, -1), kernel)[:3], rtol=0, atol=1e-14)
    assert abs(v["selected"] - v["selected_alone"]).max() > 0.1
    assert abs(v["selected_doubled"] - 2 * v["selected"]).max() > 1


def test_with_zero_order_hold_it_is_a_gate():
    v = fixed.values()
    h, states = 0.0, []
    for x in (1, 0.5, -1):
        z = 1 / (1 + math.exp(x + 0.5))
        h = z * h + (1 - z) * x
        states.append(h)
    np.testing.assert_allclose(v["held_h"], states, rtol=0, atol=1e-14)
    np.testing.assert_allclose(v["gate_h"], states, rtol=0, atol=1e-14)


@pytest.mark.parametrize(("m", "u", "d"), [(1, 1, 1), (3, 2, 4), (5, 7, 3)])
def test_parameters_are_those_of_the_formulas(m, u, d):
    found = sizes.counts(m, u, d)
    assert found["sLSTM"] == (4 * (m * u + u * u + u), 4 * u)
    assert found["time mixing"] == (3 * m + 3 * m * u + 2 * u + u * u, m + 3 * u)
    assert found["selective"] == (2 * m * u + 2 * m * d + u * d + 2 * u, u * d)


def test_the_answers():
    v = exercises.values()
    assert v["asleep"] == pytest.approx(math.log(1 + math.exp(-5.5)), abs=1e-14)
    assert v["awake_share"][0] == pytest.approx(1 / (1 + math.exp(6.5)), abs=1e-14)
    assert [v["half_x"], v["quarter"]] == pytest.approx([-0.5, 0.25], abs=1e-14)
