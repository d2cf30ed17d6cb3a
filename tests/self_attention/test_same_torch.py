"""PyTorch's nn.MultiheadAttention with Keras's weights, masked or not."""

import numpy as np
import pytest

from snippets.self_attention.heads import D, T, layer_with_weights, multi_head

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch==2.13.0")

from snippets.self_attention import same_torch as part  # noqa: E402


@pytest.mark.parametrize("masked", [False, True])
def test_the_same_outputs(masked):
    weights = layer_with_weights().get_weights()
    x = np.random.default_rng(3).normal(size=(2, T, D))
    tensor = torch.tensor(x)
    with torch.no_grad():
        mask = part.later if masked else None
        theirs, _ = part.to_pytorch(weights)(tensor, tensor, tensor, attn_mask=mask)
    ours = multi_head(x, weights, np.tri(T, dtype=bool) if masked else True)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)
