"""The time mixing of RWKV-4 in Keras: the scan is the loop, and the loop is the arithmetic by hand."""

import keras
import numpy as np
import pytest

from snippets.layers.time_mixing import TimeMixing

from .slopes import hold_gradients
from .test_rwkv import by_decimals

SIZES = [(1, 1, 1, 1), (2, 7, 3, 2), (1, 8, 2, 4)]


def made(m, u, dtype="float64", scale=1.0):
    """A layer with random weights."""
    layer = TimeMixing(u, dtype=dtype)
    layer.build((None, None, m))
    rng = np.random.default_rng(m + 10 * u)
    layer.set_weights([rng.normal(size=weight.shape) * scale for weight in layer.get_weights()])
    return layer


def by_sums(layer, x):
    """By the sums of the paper and plain Python, a number at a time."""
    mu, W_o, W_k, W_v, log_w, beta, W_y = (np.float64(a) for a in layer.get_weights())
    N, T, _ = x.shape
    out = np.zeros((N, T, len(beta)))
    for sample in range(N):
        rows = np.vstack([np.zeros_like(x[0, :1]), x[sample]])
        mixed = [mu[part] * rows[1:] + (1 - mu[part]) * rows[:-1] for part in range(3)]
        z, k, v = (row @ W for row, W in zip(mixed, (W_o, W_k, W_v)))
        means = [by_decimals(k[:, j], v[:, j], np.exp(log_w[j]), beta[j]) for j in range(len(beta))]
        out[sample] = (np.array(means).T / (1 + np.exp(-z))) @ W_y
    return out


@pytest.mark.parametrize(("N", "T", "m", "u"), SIZES)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_scan_and_loop_are_the_sums_of_the_paper(N, T, m, u, dtype, tolerance):
    layer = made(m, u, dtype, 0.5)
    x = np.random.default_rng(N).normal(size=(N, T, m)).astype(dtype)
    loop = keras.layers.RNN(layer.cell, return_sequences=True, dtype=dtype)
    wanted = by_sums(layer, x.astype("float64"))
    for one in (layer, loop):
        np.testing.assert_allclose(
            keras.ops.convert_to_numpy(one(x)), wanted, rtol=0, atol=tolerance
        )


def test_the_scan_is_the_loop_for_long_sequences_and_large_keys():
    """Keys of some hundreds: without the running maximum e to them is infinite."""
    layer = made(2, 3)
    x = np.random.default_rng(1).normal(size=(2, 60, 2)) * 300
    loop = keras.layers.RNN(layer.cell, return_sequences=True, dtype="float64")
    scanned, looped = (keras.ops.convert_to_numpy(one(x)) for one in (layer, loop))
    assert np.isfinite(looped).all()
    np.testing.assert_allclose(scanned, looped, rtol=1e-11, atol=1e-10)


def test_gradients_through_the_scan_are_finite_differences():
    hold_gradients(made(2, 2), np.random.default_rng(2).normal(size=(1, 5, 2)))


def test_it_starts_with_long_and_short_memories():
    layer = TimeMixing(4)
    layer.build((None, None, 3))
    np.testing.assert_allclose(layer.get_weights()[0], np.full((3, 3), 0.5))
    np.testing.assert_allclose(layer.get_weights()[4], [-5, -3, -1, 1])
    assert layer.count_params() == 3 * 3 + 3 * 3 * 4 + 2 * 4 + 4 * 4
    assert keras.layers.RNN(type(layer.cell)(4))(np.zeros((2, 5, 3), "float32")).shape == (2, 4)
