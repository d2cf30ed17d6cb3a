"""MultiHeadAttention by hand against Keras in both precisions, of any size, and its counts."""

import keras
import numpy as np
import pytest

from snippets.self_attention import heads as part


@pytest.fixture(scope="module")
def values():
    return part.values()


@pytest.mark.parametrize(("dtype", "atol"), [("float64", 1e-12), ("float32", 2e-6)])
@pytest.mark.parametrize(("d", "heads", "key_dim"), [(8, 2, 4), (5, 3, 2), (4, 1, 7)])
@pytest.mark.parametrize("causal", [False, True])
def test_against_keras(dtype, atol, d, heads, key_dim, causal):
    rng = np.random.default_rng(d)
    layer = keras.layers.MultiHeadAttention(heads, key_dim, dtype=dtype)
    layer.build((None, None, d), (None, None, d))
    weights = [rng.normal(size=array.shape) / 3 for array in layer.get_weights()]
    layer.set_weights(weights)
    x = rng.normal(size=(2, 6, d))
    seen = np.tri(6, dtype=bool) if causal else True
    theirs = layer(x.astype(dtype), x.astype(dtype), use_causal_mask=causal)
    if dtype == "float64":  # Keras rounds 1 / sqrt(key_dim) to 32 bits: so does this
        rounded = float(np.float32(1 / np.sqrt(key_dim))) * np.sqrt(key_dim)
        assert (rounded == 1) == (key_dim == 4)
        weights[:2] = [array * rounded for array in weights[:2]]
    ours = part.multi_head(x, weights, seen)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=atol)


def test_parameters(values):
    assert values["same"]
    assert values["parameters"] == 4 * 8 * 2 * 4 + 3 * 2 * 4 + 8 == 288
    assert values["kernels"] + values["biases"] == values["parameters"]
    assert values["parameters_wide"] == 4 * 8 * 2 * 8 + 3 * 2 * 8 + 8
    assert values["parameters_128"] == values["parameters_one"] == 4 * 128 * 128 + 4 * 128


def multiplied(a, b):
    """How many products of two numbers a matrix product takes."""
    return a[0] * a[1] * b[1]


@pytest.mark.parametrize(("T", "d"), [(16, 64), (7, 3)])
def test_products_counted_one_matrix_after_the_other(T, d):
    kernels, looking, recurrent = part.products(T, d)
    assert kernels == 4 * multiplied((T, d), (d, d))
    assert looking == multiplied((T, d), (d, T)) + multiplied((T, T), (T, d))
    assert recurrent == 2 * T * multiplied((1, d), (d, d))
    assert part.kept(T, d) == (np.zeros((2, T, d)).size, d)


def test_where_looking_costs_more(values):
    first = values["first"]
    for T, more in ((first - 1, False), (first, True)):
        kernels, looking, _ = part.products(T, part.WIDTH)
        assert (looking > kernels) is more


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = {"products": np.array([[1, 1, 1], [1, 2, 1], [1, 3, 1]])}
    assert not any(true for _, true in part.claims(other).values())
