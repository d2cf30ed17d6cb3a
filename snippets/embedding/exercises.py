"""Answers to the exercises on embeddings.

Run `python -m snippets.embedding.exercises` for the numbers of the page.
Shapes: N samples, T steps, V rows of the table, m numbers in a row, u units.
"""

import numpy as np

from snippets.embedding.gradient import table_gradient
from snippets.embedding.miniature import E, U, W, b, h, k
from snippets.embedding.traps import V, m, u
from snippets.layers.simple_rnn import simple_rnn

# --8<-- [start:folded]
EW = E @ W                                     # (V, u): table times kernel
folded = simple_rnn(EW[k], np.eye(1), U, b)    # the kernel is 1 now
# --8<-- [end:folded]


def values():
    """Return the values that the page quotes, by name."""
    dx, dE = table_gradient(E, np.array([[1, 2, 1]]))  # dogs see dogs
    table, lstm = V * m, 4 * (m * u + u * u + u)
    return {
        "EW": EW, "same": np.allclose(folded, h, rtol=0, atol=1e-12),
        "dx": dx, "dE": dE, "small": (7 + 1) * 3,
        "table": table, "lstm": lstm, "share": table / (table + lstm),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"folds": ("The states are the same", v["same"])}


def main():
    """Print the answers."""
    v = values()
    print("E W:", *(f"{number:z.2f}" for number in v["EW"][:, 0]))
    for row, numbers in enumerate(v["dE"]):
        print("row", row, *(f"{n:z8.4f}" for n in numbers))


if __name__ == "__main__":
    main()
