"""What the page says of networks in which a difference grows: of its record, and by other ways."""

import keras
import numpy as np
import pytest

from snippets.when_your_numbers_differ import grow
from snippets.when_your_numbers_differ.search import lstm


@pytest.fixture(scope="module")
def values():
    return grow.values()


@pytest.mark.claim
def test_what_shrinks_and_what_grows(values):
    still, driven = values["still_most"], values["driven_most"]  # (radii, 3)
    assert still[0].max() < 1e-6 and driven[0].max() < 1e-5
    assert values["most_log"][0][-1] < -9 and values["least_log"][2][-1] > -0.5
    assert values["still_least"][2][1] > 0.5
    assert driven[1].max() < 1e-5 < 1e-3 < still[1].max()
    assert 1.1 < values["each_step"] < 1.8


@pytest.mark.claim
def test_claims(values):
    assert all(true for _, true in grow.claims(values).values())


def test_the_radius_of_a_kernel():
    U = grow.kernel(1.5, seed=4, u=12)  # by powers, without eigenvalues
    norms = [np.linalg.norm(np.linalg.matrix_power(U, n), 2) ** (1 / n) for n in (100, 400)]
    assert norms[1] == pytest.approx(1.5, rel=0.02) and abs(norms[1] - 1.5) <= abs(norms[0] - 1.5)


def test_the_run_is_that_of_keras():
    U, x = grow.kernel(0.9, 1, u=5), np.random.default_rng(2).normal(size=(7, 5))
    layer = keras.layers.SimpleRNN(5, return_sequences=True, dtype="float64")
    layer.build((None, None, 5))
    layer.set_weights([np.eye(5), U, np.zeros(5)])
    np.testing.assert_allclose(
        grow.run(U, x, "float64"), np.array(layer(x[None]))[0], atol=1e-12, rtol=0
    )
    assert grow.run(U, x, "float32").dtype == "float32"


def test_a_difference_is_that_of_the_two_runs(monkeypatch):
    monkeypatch.setattr(grow, "STEPS", [12])
    off = grow.difference(0.9, 1, inputs=True)
    assert off.shape == (12,) and 0 < off.max() < 1e-6


def test_a_nudge_against_the_derivative():
    """By the chain rule: one unit's nudge is multiplied by w (1 - h0²), then by u (1 - h1²), and so on."""
    layer = keras.layers.SimpleRNN(1)
    layer.build((None, None, 1))
    layer.set_weights([np.array([[0.8]]), np.array([[1.7]]), np.zeros(1)])
    weights = [float(array.ravel()[0]) for array in layer.get_weights()]
    x = np.array([[0.2], [-0.1], [0.3], [0.0]])
    h, slope, expected = 0.0, 0.0, []
    for t, x_t in enumerate(x[:, 0]):
        h = np.tanh(weights[0] * x_t + weights[1] * h)
        slope = (1 - h**2) * (weights[0] if t == 0 else weights[1] * slope)
        expected.append(slope)
    np.testing.assert_allclose(grow.nudge(layer, x), expected, rtol=1e-5)


def test_the_nudges_of_the_table(values):
    assert values["nudges"].shape == (3, 4) and values["shown"].tolist() == [1, 2, 5, 10]
    small, middle, large = values["nudges"]
    assert (small < 1).all() and middle[-1] < 0.5 < 10 < large[-1]
    x = np.random.default_rng(0).normal(size=(10, 3))
    half = grow.nudge(lstm, x, by=5e-7)[grow.SHOWN]  # a derivative does not hang on the step
    np.testing.assert_allclose(small, half, rtol=1e-4)
    moved = x.copy()
    moved[0] += 1
    assert np.array_equal(x, np.random.default_rng(0).normal(size=(10, 3)))  # x is left alone


def test_one_digit():
    assert grow.one_digit([[1.4e-7, 0.0], [96.0, 2.0]]).tolist() == [[1e-7, 0.0], [100.0, 2.0]]
