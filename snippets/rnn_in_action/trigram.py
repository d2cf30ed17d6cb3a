"""RNN in action: a baseline that counts what followed two symbols.

Run `python -m snippets.rnn_in_action.trigram` for the page's output.
"""

import numpy as np

from snippets.rnn_in_action.baselines import (
    all_and_only, cross_entropy, legal_throughout,
)
from snippets.rnn_in_action.model import make_pairs, make_strings, numbers


# --8<-- [start:trigram]
def count_triples(strings):
    """Return counts (7, 7, 7): what followed each two symbols, how often."""
    counts = np.zeros((7, 7, 7), int)
    for string in strings:
        k = numbers("B" + string)            # so B has a symbol before it
        np.add.at(counts, (k[:-2], k[1:-1], k[2:]), 1)
    return counts


def trigram(counts, x):
    """Return p (N, T, 7) for x (N, T): rows of counts as shares."""
    shares = counts / np.maximum(1, counts.sum(axis=-1, keepdims=True))
    before = np.concatenate([0 * x[:, :1], x[:, :-1]], axis=1)  # B is 0
    return shares[before, x]
# --8<-- [end:trigram]


def values():
    """Return the values that the page quotes, by name."""
    training, test = make_strings()
    counts = count_triples(training)
    x, y = make_pairs(test)
    p = trigram(counts, x)
    return {
        "loss": cross_entropy(p, y),
        "legal": legal_throughout(p, test).sum(),
        "strict": all_and_only(p, test).sum(),
        "rows": np.sum(counts.sum(axis=-1) > 0),
        "all_rows": counts.shape[0] * counts.shape[1],
        "ten": 7 ** 10,
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# trigram")
    print(f"loss: {v['loss']:.2f}")
    print("legal throughout:", v["legal"], "of 500")


if __name__ == "__main__":
    main()
