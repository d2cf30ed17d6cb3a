"""Saving and moving: the model in PyTorch, there and back, and packed.

This module needs PyTorch. Shapes: N samples, T steps, m inputs, u units.
"""

# --8<-- [start:net]
import numpy as np
import torch
from torch.nn.utils.rnn import pack_padded_sequence

from snippets.answers.pytorch_weights import from_pytorch, to_pytorch

ARRAYS = "weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"


class Net(torch.nn.Module):
    """A GRU, and a Linear on its last state: the model of the page."""

    def __init__(self, m, u, dtype=torch.float32):
        super().__init__()
        self.gru = torch.nn.GRU(m, u, batch_first=True, dtype=dtype)
        self.out = torch.nn.Linear(u, 1, dtype=dtype)

    def forward(self, x, lengths=None):
        """Return (N, 1) for x (N, T, m); lengths (N,) of padded sequences."""
        if lengths is not None:
            x = pack_padded_sequence(x, lengths, batch_first=True,
                                     enforce_sorted=False)
        output, h_n = self.gru(x)                 # h_n (1, N, u)
        return self.out(h_n[-1])                  # not output[:, -1]


def filled(net, W, U, b, W_y, b_y):
    """Return the net with Keras's arrays; a missing one is an error."""
    arrays = dict(zip(ARRAYS, to_pytorch(W, U, b)))
    arrays = {f"gru.{name}": array for name, array in arrays.items()}
    arrays |= {"out.weight": W_y.T, "out.bias": b_y}
    net.load_state_dict({name: torch.tensor(np.ascontiguousarray(array))
                         for name, array in arrays.items()}, strict=True)
    return net


def for_keras(net):
    """Return what set_weights() of the Keras model wants."""
    arrays = {name: a.numpy() for name, a in net.state_dict().items()}
    W, U, b = from_pytorch(*(arrays[f"gru.{name}"] for name in ARRAYS))
    return [W, U, b, arrays["out.weight"].T, arrays["out.bias"]]
# --8<-- [end:net]


def answers(net, x, lengths=None):
    """Return the answers (N, 1) as an array."""
    x = torch.tensor(x, dtype=net.out.weight.dtype)
    with torch.no_grad():
        return net(x, lengths and torch.tensor(lengths)).numpy()


def last_rows(net, x, lengths):
    """Return what the net answers from output[:, -1], which is padding."""
    x = torch.tensor(x, dtype=net.out.weight.dtype)
    packed = pack_padded_sequence(x, torch.tensor(lengths), batch_first=True,
                                  enforce_sorted=False)
    with torch.no_grad():
        output, _ = torch.nn.utils.rnn.pad_packed_sequence(
            net.gru(packed)[0], batch_first=True)
        return net.out(output[:, -1]).numpy()
