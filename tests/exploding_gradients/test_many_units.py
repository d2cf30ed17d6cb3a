"""What the page says of a radius above 1 in many units, and of slopes that differ."""

import numpy as np
import pytest

from snippets.exploding_gradients import many_units


@pytest.mark.claim
def test_one_unit_shrinks_and_many_grow():
    values = many_units.values()
    assert values["grow"][0] == 0 and values["most"][0] < -20
    assert values["grow"][1] >= many_units.SEEDS * 0.7
    assert values["grow"][2] == many_units.SEEDS and values["least"][2] > 4


def test_the_norm_is_that_of_the_derivative(monkeypatch):
    """Against central differences, over few steps: a network of the page's kind, by another way."""
    monkeypatch.setattr(many_units, "STEPS", 5)
    rng = np.random.default_rng(3)
    U = rng.normal(size=(4, 4))
    U *= many_units.RADIUS / np.abs(np.linalg.eigvals(U)).max()
    start, near = rng.uniform(-0.1, 0.1, 4), 1e-6

    def last(h):
        for _ in range(5):
            h = np.tanh(h @ U)
        return h

    rows = [(last(start + near * e) - last(start - near * e)) / (2 * near) for e in np.eye(4)]
    by_differences = np.log10(np.linalg.norm(np.array(rows), 2))
    np.testing.assert_allclose(many_units.norm_of_steps(4, seed=3), by_differences, atol=1e-6)


def test_slopes_that_differ_are_no_product_of_radius_and_slope():
    # By hand: U swaps, so same slopes give diag(s0 s1), turned ones diag(s1^2, s0^2).
    values = many_units.values()
    assert values["same"] == pytest.approx(1 * 0.01)
    assert values["turned"] == pytest.approx(max(1, 0.01) ** 2)
