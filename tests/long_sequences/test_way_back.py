"""Gradients on their way back: those of automatic differentiation."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.long_sequences import way_back as part


@pytest.mark.parametrize("kind", part.GATES)
def test_one_step_back(kind):
    """From any gradients of h_t and c_t to those of U, h_(t-1) and c_(t-1)."""
    rng = np.random.default_rng(1)
    x, (W, U, b) = part.layer(kind, True, 2, 1.3, 0.7, 6)
    b = b + 0.3 * rng.normal(size=b.shape)
    h, c, dh, dc = rng.normal(size=(4, part.u))
    cell = getattr(keras.layers, f"{kind}Cell")(part.u, dtype="float64")
    cell.build((1, part.m))
    cell.set_weights([W, U, b])
    before = [tf.Variable(h[None])] + [tf.Variable(c[None])] * (kind == "LSTM")
    with tf.GradientTape() as tape:
        after = cell(x[:1], before)[1]
        sent = sum(tf.reduce_sum(s * g) for s, g in zip(after, (dh, dc), strict=False))
    wanted = tape.gradient(sent, [cell.recurrent_kernel, *before])
    if kind != "LSTM":
        dc = np.zeros(part.u)
    dz, dh, dc = part.BACK[kind](x[0], h, c, (W, U, b), dh[None], dc[None])
    for got, right in zip((np.outer(h, dz[0]), dh, dc), wanted, strict=False):
        np.testing.assert_allclose(got, right, rtol=0, atol=1e-12)


@pytest.mark.parametrize("kind", part.GATES)
def test_states_are_those_of_keras(kind):
    x, weights = part.layer(kind, False, 3, 1.1, 2.0, 12)
    layer = getattr(keras.layers, kind)(part.u, return_sequences=True, dtype="float64")
    layer.build((1, None, part.m))
    layer.set_weights(weights)
    before = np.array([h for h, _ in part.states(kind, x, *weights)])
    assert not before[0].any()
    np.testing.assert_allclose(before[1:], np.array(layer(x[None]))[0, :-1], rtol=0, atol=1e-12)


def test_what_a_setting_says():
    x, (W, U, b) = part.layer("LSTM", False, 0, 2.0, 3.0, 20)
    assert x.shape == (21, 7) and (x.sum(1) == 1).all()
    np.testing.assert_allclose(U @ U.T, 4 * np.eye(16), rtol=0, atol=1e-12)
    assert b.tolist() == [0] * 16 + [3] * 16 + [0] * 32
    *_, b = part.layer("GRU", True, 0, 1.0, -1.5, 20)[1]
    assert b.tolist() == [[-1.5] * 16 + [0] * 32, [0] * 48]
    longer, shorter = (part.layer("GRU", True, 0, 1.0, 0.0, T) for T in (30, 20))
    assert (longer[0][:21] == shorter[0]).all() and (longer[1][1] == shorter[1][1]).all()


def test_both_ways_agree():
    assert part.values()["same_as_jacobians"]
