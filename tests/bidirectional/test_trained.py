"""The trained layers: what the page claims of five trainings, and that the models are what it says."""

import numpy as np
import pytest

from snippets.bidirectional import trained as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_models_are_as_wide_as_each_other():
    for layer in part.layers().values():
        assert part.model_of(layer).layers[1].compute_output_shape((1, 5, 4))[-1] == 24


@pytest.mark.claim
def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = values | {"both": np.array([50, 51.0]), "one": np.array([49, 52.0])}
    other["end"] = np.array([90, 100.0])
    other["means"] = np.array([60, 60, 60.0])
    assert not any(true for _, true in part.claims(other).values())


@pytest.mark.claim
def test_interval_is_that_of_paired_differences(values):
    assert values["ahead"][0] > 30
    one, other = np.array([1.0, 2, 3, 4, 5]), np.zeros(5)
    np.testing.assert_allclose(part.interval(one, other), [1.037, 4.963], atol=1e-3)


def test_parameters(values):
    def gru(m, u):
        return 3 * (m * u + u * u + 2 * u)

    assert values["parameters"].tolist() == [gru(4, 24), 2 * gru(4, 12), gru(4, 24)]
