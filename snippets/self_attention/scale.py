"""Self-attention: why scores are divided by the root of d.

Run `python -m snippets.self_attention.scale` for the table of the page.
"""

import numpy as np

from snippets.layers.attention import dot_scores, look

SIZES = [4, 16, 64, 256]
DRAWN, KEYS = 5000, 10


# --8<-- [start:scores]
def scores(d):
    """Return 5000 rows of 10 scores: products of random rows of d numbers."""
    rng = np.random.default_rng(d)
    query = rng.normal(size=(DRAWN, 1, d))          # variance 1 each
    key = rng.normal(size=(DRAWN, KEYS, d))
    return dot_scores(query, key)                   # (DRAWN, 1, KEYS)
# --8<-- [end:scores]


def values():
    """Return the values that the page quotes, by name."""
    variance, plain, scaled = [], [], []
    for d in SIZES:
        e = scores(d)
        variance.append(e.var())
        for weights, factor in ((plain, 1), (scaled, 1 / np.sqrt(d))):
            alpha, _ = look(factor * e, np.zeros((DRAWN, KEYS, 1)))
            weights.append(alpha.max(axis=-1).mean())
    return {"variance": np.array(variance), "plain": np.array(plain),
            "scaled": np.array(scaled)}


def main():
    """Print the table that the page shows."""
    v = values()
    print("# table")
    print("   d   variance   largest weight   divided by sqrt(d)")
    for d, *row in zip(SIZES, v["variance"], v["plain"], v["scaled"]):
        print(f"{d:4} {row[0]:10.1f} {row[1]:16.2f} {row[2]:20.2f}")


if __name__ == "__main__":
    main()
