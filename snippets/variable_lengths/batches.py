"""Strings cut into batches in four ways, for the trainings of the page."""

import numpy as np

from snippets.reber.strings import reber
from snippets.variable_lengths.buckets import cut, padding


# --8<-- [start:batches]
def mixed(rng, strings):
    """Return the batches of an epoch: any lengths together."""
    return cut(rng.permutation(strings))


def similar(rng, strings):
    """Return batches of similar lengths, in random order."""
    batches = cut(sorted(rng.permutation(strings), key=len))
    return [batches[k] for k in rng.permutation(len(batches))]


def one_length(rng, strings):
    """Return batches of one length each, in random order."""
    batches = [batch for length in sorted({len(s) for s in strings})
               for batch in cut([s for s in strings if len(s) == length])]
    return [batches[k] for k in rng.permutation(len(batches))]
# --8<-- [end:batches]


# --8<-- [start:to_the_end]
def to_the_end(rng, strings, epochs):
    """Return the batches of a whole training: a fit for each length."""
    batches = []
    for length in sorted({len(s) for s in strings}):
        same = [s for s in strings if len(s) == length]
        for _ in range(epochs):
            batches += cut(rng.permutation(same))
    return batches
# --8<-- [end:to_the_end]


def values():
    """Return how many percent are padding, of 512 strings."""
    rng = np.random.default_rng(1)
    strings = [reber(rng) for _ in range(512)]
    return {cut_up.__name__: padding([[len(string) for string in batch]
                                      for batch in cut_up(rng, strings)])
            for cut_up in (mixed, similar, one_length)}


def main():
    """Print the percentages."""
    for name, percent in values().items():
        print(f"{name:10} {percent:z.1f}")


if __name__ == "__main__":
    main()
