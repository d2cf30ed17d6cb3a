"""The minGRU by hand: loop and scan against Keras's GRU and PyTorch's operations."""

import keras
import numpy as np
import pytest

from snippets.layers.min_gru import min_gru, min_gru_scan


def random(seed=0, N=2, T=9, m=3, u=4, dtype="float64"):
    rng = np.random.default_rng(seed)
    shapes = ((N, T, m), (m, 2 * u), (2 * u,))
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-12), ("float32", 1e-6)])
def test_it_is_keras_gru_without_a_look_at_the_state(dtype, tolerance):
    """With U = 0, no bias for the state and a linear activation Keras's own GRU computes a minGRU."""
    x, W, b = random(dtype=dtype)
    u = len(b) // 2
    layer = keras.layers.GRU(u, activation="linear", return_sequences=True, dtype=dtype)
    layer.build(x.shape)
    none = np.zeros((len(W), u), dtype)
    kernel = np.concatenate([W[:, :u], none, W[:, u:]], axis=1)
    bias = np.zeros((2, 3 * u), dtype)
    bias[0, :u], bias[0, 2 * u :] = b[:u], b[u:]
    layer.set_weights([kernel, np.zeros((u, 3 * u), dtype), bias])
    expected = np.array(layer(x))
    np.testing.assert_allclose(min_gru(x, W, b)[2], expected, rtol=0, atol=tolerance)
    np.testing.assert_allclose(min_gru_scan(x, W, b), expected, rtol=0, atol=tolerance)


@pytest.mark.parametrize(("N", "T", "m", "u"), [(1, 1, 1, 1), (2, 5, 1, 2), (1, 8, 5, 1)])
def test_loop_and_scan_agree_in_any_shape(N, T, m, u):
    x, W, b = random(1, N, T, m, u)
    z, h_new, h = min_gru(x, W, b)
    assert z.shape == h_new.shape == h.shape == (N, T, u)
    np.testing.assert_allclose(min_gru_scan(x, W, b), h, rtol=0, atol=1e-12)


def test_pytorch_agrees_with_the_convention_of_the_paper():
    """There z takes: h = (1 - z) h + z h_new, so the weights of its z are ours with other signs."""
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    x, W, b = random(2)
    u = len(b) // 2
    x_, W_, b_ = (torch.tensor(a) for a in (x, W, b))
    takes = torch.sigmoid(torch.nn.functional.linear(x_, -W_[:, :u].T, -b_[:u]))
    proposed = torch.nn.functional.linear(x_, W_[:, u:].T, b_[u:])
    h, states = torch.zeros(len(x), u, dtype=torch.float64), []
    for t in range(x.shape[1]):
        h = torch.lerp(h, proposed[:, t], takes[:, t])
        states.append(h)
    expected = torch.stack(states, dim=1).numpy()
    np.testing.assert_allclose(min_gru_scan(x, W, b), expected, rtol=0, atol=1e-12)
