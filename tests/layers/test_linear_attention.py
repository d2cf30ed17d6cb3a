"""Linear attention by hand, three ways, against sums written out and PyTorch's running sums."""

import keras
import numpy as np
import pytest

from snippets.layers.linear_attention import (
    attention_weights,
    linear_attention,
    linear_attention_scan,
    phi,
)


def random(seed=0, N=2, T=9, d=3, v=4):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=(N, T, width)) for width in (d, d, v)]


@pytest.mark.parametrize(("N", "T", "d", "v"), [(1, 1, 1, 1), (2, 5, 1, 2), (1, 8, 5, 1)])
def test_three_ways_give_the_mean_written_out(N, T, d, v):
    queries, keys, values = random(1, N, T, d, v)
    expected = np.zeros((N, T, v))
    for n in range(N):
        for t in range(T):
            weights = [phi(queries[n, t]) @ phi(keys[n, s]) for s in range(t + 1)]
            expected[n, t] = np.average(values[n, : t + 1], axis=0, weights=weights)
    for found in (
        linear_attention(queries, keys, values),
        linear_attention_scan(queries, keys, values),
        attention_weights(queries, keys) @ values,
    ):
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_weights_are_positive_add_up_to_one_and_do_not_look_ahead():
    queries, keys, _ = random(2)
    weights = attention_weights(queries, keys)
    np.testing.assert_allclose(weights.sum(axis=-1), 1, rtol=0, atol=1e-12)
    later = np.triu(np.ones((9, 9), bool), 1)
    assert (weights[:, later] == 0).all() and (weights[:, ~later] > 0).all()


def test_phi_is_elu_plus_one_and_does_not_overflow():
    a = np.array([-1000, -1, -1e-9, 0, 1e-9, 2, 1000])
    expected = np.array(keras.ops.elu(keras.ops.convert_to_tensor(a))) + 1
    np.testing.assert_allclose(phi(a), expected, rtol=0, atol=1e-12)


def test_pytorch_agrees_by_running_sums():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    queries, keys, values = random(3)
    q, k = (torch.nn.functional.elu(torch.tensor(a)) + 1 for a in (queries, keys))
    memory = torch.cumsum(torch.einsum("ntd,ntv->ntdv", k, torch.tensor(values)), dim=1)
    below = torch.einsum("ntd,ntd->nt", q, torch.cumsum(k, dim=1))
    expected = (torch.einsum("ntd,ntdv->ntv", q, memory) / below[..., None]).numpy()
    found = linear_attention_scan(queries, keys, values)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
