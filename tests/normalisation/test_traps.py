"""Settings that mean another thing elsewhere."""

import numpy as np
import pytest

from snippets.normalisation import traps as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_momentum_and_variance(values):
    np.testing.assert_allclose(values["torch_mean"], [0.02, 0.03, 0.05], rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["keras_01"], [0.18, 0.27, 0.45], rtol=0, atol=1e-6)
    assert values["by_n"] == pytest.approx(0.05)
    assert values["by_one_less"] == pytest.approx(0.05 * 4 / 3)
    np.testing.assert_allclose(values["epsilons"], [1e-3, 1e-3, 1e-6])


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = values | {"kept": np.array([True, True, True]), "keras_09": np.zeros(3)}
    assert not any(true for _, true in part.claims(other).values())
