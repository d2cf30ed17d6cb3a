"""Self-attention, the weights of Keras in PyTorch's nn.MultiheadAttention.

Run `python -m snippets.self_attention.same_torch` to see an output.
"""

import numpy as np

# --8<-- [start:program]
import torch


def to_pytorch(weights):
    """Return nn.MultiheadAttention with the weights of Keras's layer.

    weights as in multi_head(), with heads * key_dim = d.
    """
    W_q, b_q, W_k, b_k, W_v, b_v, W_o, b_o = weights
    d, heads, _ = W_q.shape
    layer = torch.nn.MultiheadAttention(d, heads, batch_first=True).double()
    kernels = [W.reshape(d, d).T for W in (W_q, W_k, W_v)]   # (d, d) each
    biases = [b.ravel() for b in (b_q, b_k, b_v)]            # (d,) each
    layer.load_state_dict({name: torch.tensor(array) for name, array in {
        "in_proj_weight": np.concatenate(kernels),           # (3d, d)
        "in_proj_bias": np.concatenate(biases),              # (3d,)
        "out_proj.weight": W_o.reshape(d, d).T,              # (d, d)
        "out_proj.bias": b_o}.items()})                      # (d,)
    return layer


# In PyTorch a mask is true where a step may NOT look: the other way round.
later = ~torch.tril(torch.ones(3, 3, dtype=torch.bool))      # (T, T)
# --8<-- [end:program]


def main():
    """Print the outputs of a sequence of ones."""
    from snippets.self_attention.heads import D, T, layer_with_weights
    layer = to_pytorch(layer_with_weights().get_weights())
    x = torch.ones(1, T, D, dtype=torch.float64)
    print(layer(x, x, x, attn_mask=later)[0])


if __name__ == "__main__":
    main()
