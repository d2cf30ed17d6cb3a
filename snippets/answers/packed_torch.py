"""Answers: the last state of a padded sequence, in PyTorch.

Run `python -m snippets.answers.packed_torch` to see both.
"""

# --8<-- [start:program]
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


def last_states(gru, x, lengths):
    """Return output[:, -1] and h_n[-1], (N, u) each, of a padded batch.

    x (N, T, m) is padded after its sequences, lengths (N,) has their steps.
    """
    packed = pack_padded_sequence(x, lengths, batch_first=True,
                                  enforce_sorted=False)
    output, h_n = gru(packed)                     # h_n (layers, N, u)
    output, _ = pad_packed_sequence(output, batch_first=True)  # (N, T, u)
    return output[:, -1], h_n[-1]


gru = torch.nn.GRU(3, 4, batch_first=True)
wrong, right = last_states(gru, torch.ones(2, 5, 3), torch.tensor([5, 2]))
# --8<-- [end:program]


def main():
    """Print both for a sequence of five steps and one of two."""
    print("output[:, -1]", wrong, "h_n[-1]", right, sep="\n")


if __name__ == "__main__":
    main()
