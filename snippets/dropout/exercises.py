"""Answers to the exercises on dropout.

Run `python -m snippets.dropout.exercises` for the numbers of the page.
"""

import numpy as np

from snippets.dropout.miniature import U, W, b, dropped, x


def values():
    """Return the values that the page quotes, by name."""
    kept = 1 / (1 - 0.2)
    masks = np.array([[0.0, 2.0]]), np.array([[2.0, 0.0]])
    return {
        "kept": kept, "h": dropped(x, W, U, b, *masks),
        "lots": 4 * (64 + 128), "lots_each": 4 * (64 + 128) * 100,
        "louder": 0.9 * kept, "grown": (0.9 * kept) ** 20,
        "faded": 0.9 ** 20,
    }


def main():
    """Print the answers."""
    v = values()
    for h in v["h"][0]:
        print(" ".join(f"{n:z7.4f}" for n in h))


if __name__ == "__main__":
    main()
