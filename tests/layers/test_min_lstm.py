"""The minLSTM by hand: loop and scan against a softmax of logarithms, and PyTorch."""

import numpy as np
import pytest

from snippets.layers.min_lstm import min_lstm, min_lstm_gates, min_lstm_scan


def random(seed=0, N=2, T=9, m=3, u=4):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) for shape in ((N, T, m), (m, 3 * u), (3 * u,))]


@pytest.mark.parametrize(("N", "T", "m", "u"), [(1, 1, 1, 1), (2, 5, 1, 2), (1, 8, 5, 1)])
def test_loop_and_scan_agree_in_any_shape(N, T, m, u):
    x, W, b = random(1, N, T, m, u)
    i, f, h_new, h = min_lstm(x, W, b)
    assert i.shape == f.shape == h_new.shape == h.shape == (N, T, u)
    np.testing.assert_allclose(i + f, 1, rtol=0, atol=1e-12)
    np.testing.assert_allclose(min_lstm_scan(x, W, b), h, rtol=0, atol=1e-12)


def test_the_shares_are_those_of_a_softmax():
    """i / (i + f) is the softmax of the gates' logarithms, which PyTorch and this line know."""
    x, W, b = random(2)
    logs = -np.logaddexp(0, -(x @ W + b))[..., :8].reshape(2, 9, 2, 4)
    expected = np.exp(logs - np.logaddexp(logs[:, :, 0], logs[:, :, 1])[:, :, None])
    np.testing.assert_allclose(min_lstm_gates(x, W, b)[0], expected[:, :, 0], rtol=0, atol=1e-12)
    np.testing.assert_allclose(min_lstm_gates(x, W, b)[1], expected[:, :, 1], rtol=0, atol=1e-12)


def test_pytorch_agrees():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    x, W, b = random(3)
    x_, W_, b_ = (torch.tensor(a) for a in (x, W, b))
    p_i, p_f, p_h = torch.nn.functional.linear(x_, W_.T, b_).chunk(3, dim=-1)
    logs = torch.nn.functional.logsigmoid(torch.stack([p_i, p_f]))
    i, f = torch.softmax(logs, dim=0)
    h, states = torch.zeros(2, 4, dtype=torch.float64), []
    for t in range(x.shape[1]):
        h = torch.addcmul(f[:, t] * h, i[:, t], p_h[:, t])
        states.append(h)
    expected = torch.stack(states, dim=1).numpy()
    np.testing.assert_allclose(min_lstm_scan(x, W, b), expected, rtol=0, atol=1e-12)
