"""Attention, the same in PyTorch: weights and context of the miniature.

Run `python -m snippets.attention.same_torch` to see the context.
"""

import numpy as np

# --8<-- [start:program]
import torch
from torch.nn.functional import scaled_dot_product_attention


def context(query, key, value, seen=None):
    """Return the contexts (N, T', u), unscaled, as Keras's Attention gives."""
    q, k, v = (torch.tensor(array) for array in (query, key, value))
    seen = None if seen is None else torch.tensor(seen)
    return scaled_dot_product_attention(
        q, k, v, attn_mask=seen, scale=1.0)   # default: 1 / sqrt(u)
# --8<-- [end:program]


def main():
    """Print the context of the miniature."""
    from snippets.attention.miniature import d, h
    print(np.array(context(d[None], h[None], h[None])))


if __name__ == "__main__":
    main()
