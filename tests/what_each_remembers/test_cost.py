"""Time and memory: the arithmetic, and what the page claims of the record."""

import numpy as np
import pytest

from snippets.what_each_remembers import cost as part

OF = dict(zip(part.KINDS, ("GRU", "MinGRU", "MultiHeadAttention"), strict=True))


def test_what_is_stored_by_arithmetic():
    values = part.values()
    assert values["times"] == 4096 * 4096 / (4096 * 64)
    assert values["scores_megabytes"] == pytest.approx(4 * 16.777216)
    assert values["pairs_of_8"] == sum(range(1, 9))
    assert values["stored"][:, -1].tolist() == [262_144, 262_144, 16_777_216]


@pytest.mark.parametrize("kind", part.KINDS)
def test_each_layer_is_measured_as_it_is_named(kind):
    model = part.build_model(kind, 8)
    assert model.output_shape == (1, 8, 64)
    assert [type(layer).__name__ for layer in model.layers[1:]] == [OF[kind]]
    x = np.random.default_rng(0).normal(size=(1, 8, 64)).astype("float32")
    before = np.array(model(x))
    x[:, 5:] += 1
    np.testing.assert_allclose(np.array(model(x))[:, :5], before[:, :5], rtol=0, atol=1e-5)


@pytest.mark.claim
def test_claims():
    values = part.values()
    assert all(true for _, true in part.claims(values).values())
