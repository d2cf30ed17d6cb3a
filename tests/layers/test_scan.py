"""The scan against the sum written out, the loop, and PyTorch's running sums and products."""

import numpy as np
import pytest

from snippets.layers.scan import combine, levels, loop, scan


def written_out(a, b):
    """h_t = sum over s of a_{s+1} ... a_t b_s: nothing is carried along."""
    return np.stack(
        [
            sum(a[:, s + 1 : t + 1].prod(axis=1) * b[:, s] for s in range(t + 1))
            for t in range(b.shape[1])
        ],
        axis=1,
    )


@pytest.mark.parametrize("T", [1, 2, 3, 4, 5, 7, 8, 9, 16, 33])
@pytest.mark.parametrize("rest", [(), (3,), (2, 3)])
def test_loop_and_scan_give_the_sum_written_out(T, rest):
    rng = np.random.default_rng(T)
    a, b = rng.uniform(-1, 1, size=(2, 2, T, *rest))
    expected = written_out(a, b)
    np.testing.assert_allclose(loop(a, b), expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(scan(a, b), expected, rtol=0, atol=1e-12)


def test_they_stay_together_over_many_steps_with_gates_near_0_and_1():
    rng = np.random.default_rng(0)
    gates = 1 / (1 + np.exp(-rng.normal(size=(1, 5000, 8)) * 20))
    gates[:, :100, 0], gates[:, 1000:2000, 1], gates[:, :, 2], gates[:, :, 3] = 0, 1, 0, 1
    b = (1 - gates) * rng.normal(size=gates.shape)
    for dtype, tolerance in ((np.float64, 1e-12), (np.float32, 1e-5)):
        a_, b_ = gates.astype(dtype), b.astype(dtype)
        h = scan(a_, b_)
        assert h.dtype == dtype and np.isfinite(h).all()
        np.testing.assert_allclose(h, loop(a_, b_), rtol=0, atol=tolerance)


def test_pairs_may_be_joined_in_any_grouping_but_not_in_any_order():
    rng = np.random.default_rng(1)
    one, two, three = rng.normal(size=(3, 2, 5))
    left = combine(combine(one, two), three)
    right = combine(one, combine(two, three))
    np.testing.assert_allclose(left, right, rtol=0, atol=1e-12)
    assert np.abs(np.array(combine(one, two)) - np.array(combine(two, one))).max() > 0.1


@pytest.mark.parametrize(("T", "expected"), [(1, 0), (2, 1), (3, 2), (8, 3), (9, 4), (1024, 10)])
def test_there_are_as_many_levels_as_doublings(T, expected):
    assert len(levels(np.ones((1, T)), np.ones((1, T)))) == 1 + expected


def test_pytorch_agrees_by_running_sums_and_products():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    rng = np.random.default_rng(2)
    a, b = rng.uniform(0.5, 1, size=(2, 3, 20, 4))
    products = torch.cumprod(torch.tensor(a), dim=1)
    expected = products * torch.cumsum(torch.tensor(b) / products, dim=1)
    np.testing.assert_allclose(scan(a, b), expected.numpy(), rtol=0, atol=1e-11)
