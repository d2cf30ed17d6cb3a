"""Sizes of states and of derivatives: the Jacobian against differences, the claims against their values."""

import numpy as np
import pytest

from snippets.normalisation import sizes as part


@pytest.mark.parametrize("normed", [False, True])
def test_jacobian_is_that_of_differences(normed):
    rng = np.random.default_rng(0)
    x, h, U = rng.normal(size=5), rng.normal(size=5), rng.normal(size=(5, 5))
    J, _ = part.step(x, h, U, normed)
    nudges = 1e-6 * np.eye(5)
    found = [
        (part.step(x, h + nudge, U, normed)[1] - part.step(x, h - nudge, U, normed)[1]) / 2e-6
        for nudge in nudges
    ]
    np.testing.assert_allclose(J, np.array(found).T, rtol=0, atol=1e-8)


def test_the_state_with_a_norm_is_that_of_normal_numbers():
    """tanh of normal numbers of the size 1 has the size 0.628."""
    z = np.linspace(-8, 8, 20001)
    weight = np.exp(-(z**2) / 2)
    size = np.sqrt(np.sum(weight * np.tanh(z) ** 2) / np.sum(weight))
    np.testing.assert_allclose(part.values()["normed_state"], size, rtol=0, atol=0.02)


def test_claims_follow_the_values():
    values = part.values()
    assert all(true for _, true in part.claims(values).values())
    other = values | {f"normed_{name}": values[f"plain_{name}"] for name in ("state", "far")}
    assert not any(true for _, true in part.claims(other).values())
