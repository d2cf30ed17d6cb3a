"""The two norms in PyTorch: the same numbers, with other defaults.

Run `python -m snippets.normalisation.layers_torch` to see them.
"""

import torch

from snippets.normalisation.miniature import h

# --8<-- [start:program]
x = torch.tensor(h)                                  # (N, T, u)
u = x.shape[-1]
layer = torch.nn.LayerNorm(u, eps=0.001).double()
batch = torch.nn.BatchNorm1d(u, eps=0.001, momentum=0.01).double()

by_layer = layer(x)                                  # (N, T, u)
by_batch = batch(x.transpose(1, 2)).transpose(1, 2)  # wants (N, u, T)
# --8<-- [end:program]


def main():
    """Print both."""
    print(by_layer, by_batch, batch.running_var, sep="\n")


if __name__ == "__main__":
    main()
