"""Both ways in PyTorch: the same weights, the same numbers.

Run `python -m snippets.bidirectional.layer_torch` to see them.
"""

import torch

from snippets.bidirectional.by_hand import weights, x


# --8<-- [start:program]
def to_torch(weights):
    """Return an nn.RNN with the weights of Bidirectional(SimpleRNN)."""
    m, u = weights[0].shape
    rnn = torch.nn.RNN(m, u, batch_first=True, bidirectional=True)
    found = {}
    for way, (W, U, b) in (("", weights[:3]), ("_reverse", weights[3:])):
        found |= {f"weight_ih_l0{way}": W.T, f"weight_hh_l0{way}": U.T,
                  f"bias_ih_l0{way}": b, f"bias_hh_l0{way}": 0 * b}
    rnn.load_state_dict({k: torch.tensor(v) for k, v in found.items()})
    return rnn.double()


output, h_n = to_torch(weights)(torch.tensor(x))
# output (N, T, 2u): forward, then backward; h_n (2, N, u): both ends
# --8<-- [end:program]


def main():
    """Print both."""
    print(output, h_n, sep="\n")


if __name__ == "__main__":
    main()
