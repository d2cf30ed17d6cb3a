"""PyTorch's attention gives what ours gives, masked or not."""

import numpy as np
import pytest

from snippets.layers.attention import dot_scores, look

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch==2.13.0")

from snippets.attention import same_torch as part  # noqa: E402
from snippets.attention.miniature import c, d, h  # noqa: E402


def test_the_miniature():
    np.testing.assert_allclose(part.context(d[None], h[None], h[None])[0], c, rtol=0, atol=1e-12)


@pytest.mark.parametrize("masked", [False, True])
def test_arrays_at_random(masked):
    rng = np.random.default_rng(1)
    query, key, value = (rng.normal(size=(3, T, 4)) for T in (2, 6, 6))
    seen = rng.integers(0, 2, (3, 2, 6)).astype(bool) if masked else np.ones((3, 2, 6), bool)
    seen[..., 0] = True
    ours = look(dot_scores(query, key), value, seen)[1]
    np.testing.assert_allclose(part.context(query, key, value, seen), ours, rtol=0, atol=1e-12)


def test_its_default_is_scaled():
    rng = np.random.default_rng(2)
    query, key, value = (rng.normal(size=(1, 3, 4)) for _ in range(3))
    theirs = torch.nn.functional.scaled_dot_product_attention(
        *(torch.tensor(array) for array in (query, key, value))
    )
    ours = look(dot_scores(query, key, 1 / np.sqrt(4)), value)[1]
    np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-12)
