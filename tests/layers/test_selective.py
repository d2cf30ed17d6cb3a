"""The selective state space: by hand, by Keras's loop, by a scan, and as products of matrices."""

import keras
import numpy as np
import pytest

from snippets.layers.scan import scan
from snippets.layers.selective import Selective, selective

from .slopes import hold_gradients

SIZES = [(1, 1, 1, 1, 1), (2, 7, 3, 2, 2), (1, 8, 2, 4, 3)]


def made(m, u, d, dtype="float64"):
    """A layer with random weights."""
    layer = Selective(u, d, dtype=dtype)
    layer.build((None, None, m))
    rng = np.random.default_rng(m + 10 * u + 100 * d)
    layer.set_weights([rng.normal(size=weight.shape) / 2 for weight in layer.get_weights()])
    return layer


def parts(layer, x):
    """v, delta, B, C, A and D of a layer, in NumPy."""
    W, W_delta, b_delta, W_B, W_C, log_A, D = layer.get_weights()
    return x @ W, np.logaddexp(0, x @ W_delta + b_delta), x @ W_B, x @ W_C, -np.exp(log_A), D


def by_matrices(v, delta, B, C, A, D):
    """y as one sum over all steps before: each kept for the time that has passed, by a matrix power."""
    N, T, u = v.shape
    y = D * v
    for sample, t, j in np.ndindex(N, T, u):
        for s in range(t + 1):
            passed = delta[sample, s + 1 : t + 1, j].sum()
            powers = np.diag(np.exp(passed * A[j]))
            came = delta[sample, s, j] * B[sample, s] * v[sample, s, j]
            y[sample, t, j] += C[sample, t] @ powers @ came
    return y


@pytest.mark.parametrize(("N", "T", "m", "u", "d"), SIZES)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 2e-6), ("float64", 1e-12)])
def test_by_hand_scan_and_loop_are_one_sum_over_all_steps(N, T, m, u, d, dtype, tolerance):
    layer = made(m, u, d, dtype)
    x = np.random.default_rng(N).normal(size=(N, T, m)).astype(dtype)
    wanted = by_matrices(*parts(layer, x.astype("float64")))
    loop = keras.layers.RNN(layer.cell, return_sequences=True, dtype=dtype)
    for one in (layer, loop):
        np.testing.assert_allclose(
            keras.ops.convert_to_numpy(one(x)), wanted, rtol=0, atol=tolerance
        )
    kept, h, y = selective(*parts(layer, x))
    np.testing.assert_allclose(y, wanted, rtol=0, atol=tolerance)
    v, delta, B, *_ = parts(layer, x)
    written = (delta * v)[..., None] * B[..., None, :]
    np.testing.assert_allclose(scan(kept, written), h, rtol=0, atol=tolerance)


def test_gradients_through_the_scan_are_finite_differences():
    hold_gradients(made(2, 2, 2), np.random.default_rng(2).normal(size=(1, 5, 2)))


def test_it_starts_with_small_steps_and_trains():
    layer = Selective(3, 2)
    layer.build((None, None, 2))
    b_delta, log_A = layer.get_weights()[2], layer.get_weights()[5]
    np.testing.assert_allclose(np.log1p(np.exp(b_delta)), [0.001, 0.01, 0.1], rtol=1e-5)
    np.testing.assert_allclose(-np.exp(log_A), [[-1, -2]] * 3, rtol=1e-6)
    assert layer.count_params() == 2 * 2 * 3 + 2 * 2 * 2 + 3 * 2 + 2 * 3
    symbolic = layer(keras.Input((6, 2)))
    assert symbolic.shape == (None, 6, 3)
