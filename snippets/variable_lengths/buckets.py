"""How much of a batch is padding: all together, at random, by length.

Run `python -m snippets.variable_lengths.buckets` for the numbers of the page.
"""

import numpy as np

from snippets.reber.strings import reber
from snippets.recording import drawing


# --8<-- [start:share]
def padding(batches):
    """Return how many percent of the steps are padding.

    batches is a list of arrays of lengths; each batch is as long as its
    longest string.
    """
    steps = sum(len(batch) * max(batch) for batch in batches)
    return 100 * (1 - sum(sum(batch) for batch in batches) / steps)


def cut(lengths, size=32):
    """Return the lengths cut into batches, in the order in which they come."""
    return [lengths[k:k + size] for k in range(0, len(lengths), size)]
# --8<-- [end:share]


# --8<-- [start:bucketed]
def bucketed(rng, lengths, size=32):
    """Return batches of similar lengths, strings and batches in random order.

    Equal lengths are shuffled before sorting, and whole batches after it.
    """
    lengths = np.sort(rng.permutation(lengths), kind="stable")
    batches = cut(lengths, size)
    return [batches[k] for k in rng.permutation(len(batches))]
# --8<-- [end:bucketed]


def values():
    """Return the values that the page quotes, by name."""
    rng = np.random.default_rng(0)
    lengths = np.array([len(reber(rng)) for _ in range(1000)])
    sizes = (8, 32, 128)
    one_length = [lengths[lengths == length] for length in np.unique(lengths)]
    count = np.bincount(lengths)[5:]
    by_size = {f"bucketed_{size}": padding(bucketed(rng, lengths, size))
               for size in sizes}
    return by_size | {
        "strings": len(lengths), "sizes": np.array(sizes),
        "shortest": lengths.min(), "longest": lengths.max(),
        "mean": lengths.mean(), "median": np.median(lengths),
        "all": padding([lengths]),
        "random": padding(cut(lengths)),
        "one_length": padding(one_length), "lengths": len(one_length),
        "alone": sum(len(batch) == 1 for batch in one_length),
        "count": count, "batches": len(cut(lengths)),
    }


def main():
    """Print the percentages of the page's table."""
    v = values()
    for name in ("all", "random", "bucketed_32", "one_length"):
        print(f"{name:12} {v[name]:z.1f} %")


def figures(values):
    """Return how many strings have each length."""
    return {"lengths": drawing.curve(
        {"strings": values["count"]}, "symbols in the string", "strings",
        "The lengths of a thousand Reber strings",
        "The number of strings of each length: most are short, and a long "
        "tail of few strings reaches far to the right.", start=5)}


if __name__ == "__main__":
    main()
