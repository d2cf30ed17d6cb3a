"""The two norms of PyTorch: the same numbers, and what it keeps for later."""

import numpy as np
import pytest

from snippets.normalisation.miniature import batch_norm, h, layer_norm
from snippets.normalisation.traps import torch_running

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch==2.13.0")

from snippets.normalisation import layers_torch as part  # noqa: E402


def test_the_same_numbers():
    np.testing.assert_allclose(part.by_layer.detach().numpy(), layer_norm(h), rtol=0, atol=1e-12)
    np.testing.assert_allclose(part.by_batch.detach().numpy(), batch_norm(h), rtol=0, atol=1e-12)


def test_defaults():
    assert torch.nn.LayerNorm(3).eps == torch.nn.BatchNorm1d(3).eps == 1e-5
    assert torch.nn.BatchNorm1d(3).momentum == 0.1


def test_what_it_keeps():
    layer = torch.nn.BatchNorm1d(3).double()
    mean, variance = np.zeros(3), np.ones(3)
    for n in range(3):
        layer(torch.tensor(h + n).transpose(1, 2))
        mean, variance = torch_running(mean, variance, h + n)
    np.testing.assert_allclose(layer.running_mean.numpy(), mean, rtol=0, atol=1e-12)
    np.testing.assert_allclose(layer.running_var.numpy(), variance, rtol=0, atol=1e-12)
