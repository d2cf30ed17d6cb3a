"""The sLSTM by hand, against Keras's loop, the plain sums in decimal arithmetic, and PyTorch."""

from decimal import Decimal, localcontext

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.layers.slstm import SLSTMCell, plain_slstm_step, slstm

SIZES = [(1, 1, 1, 1), (2, 5, 3, 2), (3, 2, 2, 5)]


def random(m, u, N=2, T=5, scale=1.0):
    rng = np.random.default_rng(m + 10 * u + 100 * N)
    shapes = (N, T, m), (m, 4 * u), (u, 4 * u), (4 * u,)
    x, *weights = (rng.normal(size=shape) for shape in shapes)
    return x * scale, weights


def layer(weights, dtype, m):
    cell = SLSTMCell(len(weights[1]), dtype=dtype)
    loop = keras.layers.RNN(cell, return_sequences=True, dtype=dtype)
    loop.build((None, None, m))
    loop.set_weights(weights)
    return loop


@pytest.mark.parametrize(("N", "T", "m", "u"), SIZES)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_by_hand_equals_keras(N, T, m, u, dtype, tolerance):
    x, weights = random(m, u, N, T)
    x, *weights = (array.astype(dtype) for array in (x, *weights))
    by_keras = keras.ops.convert_to_numpy(layer(weights, dtype, m)(x))
    by_hand = slstm(x, *weights)
    assert by_hand.dtype == dtype and by_hand.shape == (8, N, T, u)
    np.testing.assert_allclose(by_hand[-1], by_keras, rtol=0, atol=tolerance)


def test_a_cell_starts_as_an_lstm_does_and_is_copied_and_saved():
    loop = keras.layers.RNN(SLSTMCell(3), return_sequences=True)
    loop.build((None, None, 2))
    lstm = keras.layers.LSTM(3)
    lstm.build((None, None, 2))
    for ours, theirs in zip(loop.get_weights(), lstm.get_weights(), strict=True):
        assert ours.shape == theirs.shape
    np.testing.assert_array_equal(loop.get_weights()[2], lstm.get_weights()[2])
    copy = keras.layers.RNN.from_config(loop.get_config())
    assert copy.cell.units == 3


def by_decimals(x, W, U, b):
    """h (T,) of one unit: c and n as sums over all steps before, with 60 digits and no stabiliser."""
    W, U, b, x = ([Decimal(float(a)) for a in np.ravel(array)] for array in (W, U, b, x))
    sigma = lambda z: 1 / (1 + (-z).exp())
    h, states, writes, keeps = Decimal(0), [], [], []
    for x_t in x:
        z_i, z_f, z_c, z_o = (x_t * w + h * u + a for w, u, a in zip(W, U, b))
        keeps.append(sigma(z_f))
        candidate = 1 - 2 / ((2 * z_c).exp() + 1)
        writes.append((z_i.exp(), candidate))
        c = n = Decimal(0)
        for s, (i, new) in enumerate(writes):
            for f in keeps[s + 1 :]:
                i *= f
            c, n = c + i * new, n + i
        h = sigma(z_o) * c / n
        states.append(float(h))
    return states


@pytest.mark.parametrize("scale", [1, 30, 400, 3000])
def test_the_stabiliser_changes_nothing_but_the_range(scale):
    """Where e to the sums is beyond float64, too: at 3000 the decimals reach 10 to the 3000."""
    x, weights = random(1, 1, 1, 6, scale)
    with localcontext() as context:
        context.prec = 60
        wanted = by_decimals(x, *weights)
    with np.errstate(over="ignore"):  # e to −z of a shut output gate
        np.testing.assert_allclose(slstm(x, *weights)[-1, 0, :, 0], wanted, rtol=1e-10, atol=1e-13)


def test_plain_and_safe_are_the_same_and_one_gate_is_always_one():
    x, weights = random(3, 4)
    W, U, b = weights
    plain, safe = slstm(x, W, U, b, step=plain_slstm_step), slstm(x, W, U, b)
    np.testing.assert_allclose(plain[-1], safe[-1], rtol=0, atol=1e-13)
    np.testing.assert_array_equal(np.maximum(safe[0], safe[1]), np.ones_like(safe[0]))
    m = np.exp(safe[6])
    np.testing.assert_allclose(safe[4] * m, plain[4], rtol=1e-12)
    np.testing.assert_allclose(safe[5] * m, plain[5], rtol=1e-12)


def test_gradients_are_pytorchs_of_the_plain_equations():
    """Of the sum of all states weighed at random, with respect to W, U and b: through the maximum."""
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    x, weights = random(2, 3)
    weigh = np.random.default_rng(5).normal(size=(2, 5, 3))
    loop = layer(weights, "float64", 2)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(loop(tf.constant(x)) * weigh)
    ours = tape.gradient(loss, loop.trainable_variables)

    W, U, b = (torch.tensor(array, requires_grad=True) for array in weights)
    h = c = n = torch.zeros(2, 3, dtype=torch.float64)
    total = torch.zeros((), dtype=torch.float64)
    for t in range(5):
        z_i, z_f, z_c, z_o = (torch.tensor(x[:, t]) @ W + h @ U + b).chunk(4, dim=-1)
        i, f = torch.exp(z_i), torch.sigmoid(z_f)
        c, n = f * c + i * torch.tanh(z_c), f * n + i
        h = torch.sigmoid(z_o) * c / n
        total = total + (h * torch.tensor(weigh[:, t])).sum()
    total.backward()
    for gradient, theirs in zip(ours, (W, U, b), strict=True):
        np.testing.assert_allclose(gradient.numpy(), theirs.grad.numpy(), rtol=1e-10, atol=1e-12)
