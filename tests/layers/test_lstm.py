"""The LSTM by hand against Keras and PyTorch."""

import keras
import numpy as np
import pytest

from snippets.layers.lstm import lstm


def random_weights(rng, m, u, dtype):
    shapes = ((m, 4 * u), (u, 4 * u), (4 * u,))
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


# Each of N, T, m and u takes each of 1, 2 and 5, and each pair of them meets.
SIZES = [
    (1, 1, 1, 1),
    (1, 2, 2, 2),
    (1, 5, 5, 5),
    (2, 1, 2, 5),
    (2, 2, 5, 1),
    (2, 5, 1, 2),
    (5, 1, 5, 2),
    (5, 2, 1, 5),
    (5, 5, 2, 1),
]


@pytest.mark.parametrize(("N", "T", "m", "u"), SIZES)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("start", [True, False])
def test_by_hand_equals_keras_for_random_weights(N, T, m, u, dtype, tolerance, bias, start):
    rng = np.random.default_rng(N + 10 * T + 100 * m + 1000 * u)
    x = rng.normal(size=(N, T, m)).astype(dtype)
    W, U, b = random_weights(rng, m, u, dtype)
    first = [rng.normal(size=(N, u)).astype(dtype) for _ in "hc"] if start else [0.0, 0.0]
    layer = keras.layers.LSTM(
        u, return_sequences=True, return_state=True, use_bias=bias, dtype=dtype
    )
    layer.build(x.shape)
    layer.set_weights([W, U, b] if bias else [W, U])
    # Called directly: through Sequential and predict, float64 becomes float32.
    states, h, c = layer(x, initial_state=first if start else None)
    by_hand = lstm(x, W, U, b if bias else 0 * b, *first)
    assert by_hand.dtype == dtype
    np.testing.assert_allclose(by_hand[5], np.array(states), rtol=0, atol=tolerance)
    np.testing.assert_allclose(by_hand[5][:, -1], np.array(h), rtol=0, atol=tolerance)
    np.testing.assert_allclose(by_hand[4][:, -1], np.array(c), rtol=0, atol=tolerance)


@pytest.mark.parametrize(("m", "u"), [(1, 1), (3, 2), (2, 5)])
def test_by_hand_equals_pytorch(m, u):
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    rng = np.random.default_rng(m + 10 * u)
    W, U, b = random_weights(rng, m, u, "float64")
    x, h, c = (rng.normal(size=shape) for shape in ((3, 4, m), (3, u), (3, u)))
    layer = torch.nn.LSTM(m, u, batch_first=True, dtype=torch.float64)
    split = rng.normal(size=b.shape)  # PyTorch's two biases are added
    with torch.no_grad():
        for parameter, array in zip(layer.parameters(), (W.T, U.T, b - split, split)):
            parameter.copy_(torch.tensor(array))
        states, (h_last, c_last) = layer(
            torch.tensor(x), (torch.tensor(h)[None], torch.tensor(c)[None])
        )
    by_hand = lstm(x, W, U, b, h, c)
    np.testing.assert_allclose(by_hand[5], states.numpy(), rtol=0, atol=1e-6)
    np.testing.assert_allclose(by_hand[5][:, -1], h_last[0].numpy(), rtol=0, atol=1e-6)
    np.testing.assert_allclose(by_hand[4][:, -1], c_last[0].numpy(), rtol=0, atol=1e-6)
