"""The simple RNN by hand against Keras and PyTorch, from zero and from a given state."""

import keras
import numpy as np
import pytest

from snippets.layers.simple_rnn import simple_rnn, simple_rnn_from


@pytest.mark.parametrize("N", [1, 2, 5])
@pytest.mark.parametrize("T", [1, 2, 5])
@pytest.mark.parametrize(("m", "u"), [(1, 1), (2, 5), (5, 2)])
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_from_zero_by_hand_equals_keras_for_all_sizes(N, T, m, u, dtype, tolerance):
    rng = np.random.default_rng(N + 10 * T + 100 * m + 1000 * u)
    x = rng.normal(size=(N, T, m)).astype(dtype)
    W, U, b = (rng.normal(size=shape).astype(dtype) / 2 for shape in ((m, u), (u, u), (u,)))
    layer = keras.layers.SimpleRNN(u, return_sequences=True, dtype=dtype)
    layer.build(x.shape)
    layer.set_weights([W, U, b])
    by_keras = np.array(layer(x))
    np.testing.assert_allclose(simple_rnn(x, W, U, b), by_keras, rtol=0, atol=tolerance)


def random_layer(m, u, use_bias, dtype, rng):
    """Return a Keras layer, and its W, U and b, which is zero where there is none."""
    W, U, b = (rng.normal(size=shape).astype(dtype) / 2 for shape in ((m, u), (u, u), (u,)))
    layer = keras.layers.SimpleRNN(
        u, return_sequences=True, return_state=True, use_bias=use_bias, dtype=dtype
    )
    layer.build((None, None, m))
    layer.set_weights([W, U, b] if use_bias else [W, U])
    return layer, W, U, b if use_bias else 0 * b


@pytest.mark.parametrize("use_bias", [True, False])
@pytest.mark.parametrize("m", [1, 2, 5])
@pytest.mark.parametrize("u", [1, 2, 5])
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_by_hand_equals_keras_for_random_weights(use_bias, m, u, dtype, tolerance):
    """One layer reads all sizes of N and T, from zero and from a given state."""
    rng = np.random.default_rng(m + 10 * u + 100 * use_bias)
    layer, W, U, b = random_layer(m, u, use_bias, dtype, rng)
    for N, T in [(1, 5), (2, 2), (5, 1)]:
        x, h = rng.normal(size=(N, T, m)).astype(dtype), rng.normal(size=(N, u)).astype(dtype)
        states, last = layer(x)
        np.testing.assert_allclose(simple_rnn(x, W, U, b), np.array(states), rtol=0, atol=tolerance)
        given, last = layer(x, initial_state=keras.ops.convert_to_tensor(h))
        by_hand = simple_rnn_from(x, h, W, U, b)
        np.testing.assert_allclose(by_hand, np.array(given), rtol=0, atol=tolerance)
        np.testing.assert_allclose(by_hand[:, -1], np.array(last), rtol=0, atol=tolerance)
        assert np.abs(by_hand - np.array(states)).max() > 1e-3  # the given state does matter


@pytest.mark.parametrize("use_bias", [True, False])
@pytest.mark.parametrize(("m", "u"), [(1, 1), (2, 5), (5, 2)])
def test_by_hand_equals_pytorch_for_random_weights(use_bias, m, u):
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    rng = np.random.default_rng(m + 10 * u)
    W, U, b = (
        rng.normal(size=(m, u)) / 2,
        rng.normal(size=(u, u)) / 2,
        rng.normal(size=u) * use_bias,
    )
    rnn = torch.nn.RNN(m, u, batch_first=True, bias=use_bias, dtype=torch.float64)
    tensor = lambda array: torch.tensor(np.ascontiguousarray(array))
    x, h = rng.normal(size=(2, 5, m)), rng.normal(size=(2, u))
    with torch.no_grad():
        rnn.weight_ih_l0.copy_(tensor(W.T))
        rnn.weight_hh_l0.copy_(tensor(U.T))
        if use_bias:  # PyTorch adds two
            rnn.bias_ih_l0.copy_(tensor(b / 4))
            rnn.bias_hh_l0.copy_(tensor(b * 3 / 4))
        from_zero, _ = rnn(tensor(x))
        given, last = rnn(tensor(x), tensor(h[None]))
    np.testing.assert_allclose(simple_rnn(x, W, U, b), from_zero.numpy(), rtol=0, atol=1e-6)
    by_hand = simple_rnn_from(x, h, W, U, b)
    np.testing.assert_allclose(by_hand, given.numpy(), rtol=0, atol=1e-6)
    np.testing.assert_allclose(by_hand[:, -1], last[0].numpy(), rtol=0, atol=1e-6)
