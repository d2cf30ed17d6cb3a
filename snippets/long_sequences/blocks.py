"""Long sequences: only the packed recurrent kernel starts orthogonal.

Run `python -m snippets.long_sequences.blocks` for the output of the page.
"""

import numpy as np

from snippets.long_sequences.norms import LAYERS, SEEDS
from snippets.long_sequences.reach import initial, norm


def block_norms(gates, u, seed):
    """Return the norms of the recurrent kernel (u, gates u) and its blocks."""
    U = initial(gates, 7, u, np.random.default_rng(seed))[1]
    return norm(U), [norm(block) for block in np.split(U, gates, axis=1)]


NAMES = ["SimpleRNN", "LSTM", "GRU"]


def values():
    """Return the values that the page quotes, by name."""
    drawn = {name: [block_norms(LAYERS[name][1], LAYERS[name][2], seed)
                    for seed in SEEDS] for name in NAMES}
    return {
        "packed": np.array([[whole for whole, _ in drawn[name]]
                            for name in NAMES]),         # (3, seeds)
        "least": np.array([np.min([b for _, b in drawn[n]]) for n in NAMES]),
        "most": np.array([np.max([b for _, b in drawn[n]]) for n in NAMES]),
    }


def claims(v):
    """Return what the page says of the blocks, and whether it is true."""
    return {
        "shorter": ("Each block makes every vector shorter",
                    (v["most"][1:] < 1).all()),
    }


def main():
    """Print the range of the norms of the blocks, and of all together."""
    v = values()
    print("# blocks")
    print("           packed   one block: least   most")
    for name, whole, low, high in zip(NAMES, v["packed"][:, 0], v["least"],
                                      v["most"]):
        print(f"{name:9}   {whole:.4f}             {low:.4f} {high:.4f}")


if __name__ == "__main__":
    main()
