"""Shapes, packing, counts and first values of a GRU's weights."""

import keras
import numpy as np
import pytest

from snippets.gru import shapes
from snippets.layers.gru import gru


def test_the_counts_of_the_original_and_of_today():
    # 3 (7 13 + 13 13 + 13) + 13 5 + 5, and 13 more for each of three second biases
    assert (
        shapes.build_model(reset_after=False).count_params() == 3 * (91 + 169 + 13) + 65 + 5 == 889
    )
    assert shapes.build_model().count_params() == 889 + 39 == 928


@pytest.mark.parametrize("reset_after", [True, False])
@pytest.mark.parametrize(("m", "u"), [(1, 1), (2, 5), (5, 2), (3, 5), (7, 13)])
def test_the_count_equals_keras(m, u, reset_after):
    layer = keras.layers.GRU(u, reset_after=reset_after)
    layer.build((None, None, m))
    assert layer.count_params() == shapes.count(m, u, reset_after)


def test_cut_matrices_compute_the_gates_one_by_one():
    """The packed matrices and the named ones give the same gates."""
    rng = np.random.default_rng(0)
    m, u = 3, 4
    x, h = rng.normal(size=(1, 1, m)), rng.normal(size=(1, u))
    W, U, b = rng.normal(size=(m, 3 * u)), rng.normal(size=(u, 3 * u)), rng.normal(size=(2, 3 * u))
    (W_z, W_r, W_h), (U_z, U_r, U_h), (b_z, b_r, b_h) = shapes.cut(W, U, b)
    z = 1 / (1 + np.exp(-(x[0] @ W_z + b_z[0] + h @ U_z + b_z[1])))
    r = 1 / (1 + np.exp(-(x[0] @ W_r + b_r[0] + h @ U_r + b_r[1])))
    h_new = np.tanh(x[0] @ W_h + b_h[0] + r * (h @ U_h + b_h[1]))
    expected = [z, r, h_new, z * h + (1 - z) * h_new]
    np.testing.assert_allclose(gru(x, W, U, b, h=h)[:, :, 0], expected, rtol=0, atol=1e-14)


def test_first_values():
    for seed in range(5):
        keras.utils.set_random_seed(seed)
        W, U, b, _, _ = shapes.build_model().get_weights()
        limit = np.sqrt(6 / (7 + 39))
        assert 0.8 * limit < np.abs(W).max() <= limit
        np.testing.assert_allclose(U @ U.T, np.eye(13), rtol=0, atol=1e-5)
        U_z = U[:, :13]  # a block alone is not orthogonal
        assert np.abs(U_z @ U_z.T - np.eye(13)).max() > 0.1
        assert not b.any()


def test_keras_refuses_the_bias_of_the_other_convention():
    layer = keras.layers.GRU(13, reset_after=False)
    layer.build((None, None, 7))
    with pytest.raises(ValueError, match="shape"):
        layer.set_weights([np.zeros((7, 39)), np.zeros((13, 39)), np.zeros((2, 39))])
