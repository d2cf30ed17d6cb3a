"""Spectral radius: growth of products, and what tanh does to it."""

from math import tanh

import numpy as np
import pytest

from snippets.exploding_gradients import radius as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_radii_of_the_two_small_matrices(values):
    assert values["radii"][0] == pytest.approx(0.9 + 0.9, abs=1e-12)
    assert values["radii"][1] == pytest.approx(0.5, abs=1e-7)  # a double eigenvalue
    # [[a, k], [0, a]]^t = [[a^t, t k a^(t-1)], [0, a^t]]
    for t, log in zip(part.STEPS, values["large_log"]):
        power = np.array([[0.5**t, t * 5 * 0.5 ** (t - 1)], [0, 0.5**t]])
        assert 10**log == pytest.approx(np.sqrt(np.linalg.eigvalsh(power @ power.T)[-1]), rel=1e-6)
    np.testing.assert_allclose(values["small_log"], part.STEPS * np.log10(1.8), rtol=0, atol=1e-9)


def test_the_vectors_of_the_page(values):
    assert values["ones"].tolist() == [0.9 + 0.9, 0.9 + 0.9]
    assert values["tall"].tolist() == [5, 0.5]
    assert part.small @ [1, -1] == pytest.approx([0, 0])


def test_the_rate_of_growth_is_the_radius(values):
    """Over fifty steps, for all ten matrices."""
    np.testing.assert_allclose(
        values["rate"], np.outer([0.9, 1.0, 1.1], np.ones(10)), rtol=0, atol=0.005
    )


def test_orthogonal_keeps_every_length(values):
    np.testing.assert_allclose(values["orthogonal"], 1, rtol=0, atol=1e-10)
    assert values["orthogonal_radius"] == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize(("place", "U"), [(0, 0.9), (1, 1.1), (2, 1.5), (3, 2.0)])
def test_with_tanh_the_factor_is_radius_times_slope(values, place, U):
    rest = values["rest"][place]
    assert tanh(U * rest) == pytest.approx(rest, abs=1e-9)
    # how much faster or slower a nudge dies out there, by finite differences
    slope = (tanh(U * (rest + 1e-5)) - tanh(U * (rest - 1e-5))) / 2e-5
    assert values["factor"][place] == pytest.approx(slope, abs=1e-8)
    assert values["factor"][place] < 1


def test_exercises(values):
    (a, c), _ = part.exercise
    for vector, value in zip(([1, 1], [1, -1]), values["exercise_values"], strict=True):
        np.testing.assert_allclose(part.exercise @ vector, value * np.array(vector), atol=1e-12)
    np.testing.assert_allclose(values["exercise_values"], [a + c, a - c], rtol=0, atol=1e-12)
    # two steps of [[0, 2], [0.1, 0]] multiply everything by 0.2
    np.testing.assert_allclose(
        np.linalg.matrix_power([[0, 2], [0.1, 0]], 2), 0.2 * np.eye(2), atol=1e-12
    )
    assert values["swap"] == pytest.approx(np.sqrt(0.2), abs=1e-9) and values[
        "swap_norm"
    ] == pytest.approx(2)
