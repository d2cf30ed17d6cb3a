"""The answers to the exercises of the page on lengths."""

import keras
import numpy as np

from snippets.reber.strings import one_hot
from snippets.variable_lengths.buckets import cut, padding
from snippets.variable_lengths.padding import STRINGS, pad


# --8<-- [start:weights]
def even_weights(mask):
    """Return weights (N, T) that make strings count the same in a batch.

    mask (N, T) is true at real steps. The real weights have the mean 1.
    """
    steps = mask.sum(1, keepdims=True)                   # (N, 1)
    return mask * mask.sum() / (len(mask) * steps)       # (N, T)
# --8<-- [end:weights]


def values():
    """Return the values that the page quotes, by name."""
    x, _ = pad([one_hot(string) for string in STRINGS])
    _, asked = pad([one_hot(string[:-1]) for string in STRINGS])
    masking = keras.layers.Masking()
    before, after = (np.array(masking.compute_mask(array))
                     for array in (x, x - 1 / 7))
    lengths = np.array([5, 6, 12, 28])
    pairs = cut(lengths, 2)
    return {
        "lengths": lengths, "real": lengths.sum(),
        "one_steps": len(lengths) * lengths.max(),
        "two_steps": sum(len(pair) * max(pair) for pair in pairs),
        "one": padding([lengths]), "two": padding(pairs),
        "masked_before": np.sum(~before), "masked_after": np.sum(~after),
        "weights": even_weights(asked)[:, 0]  # of a step,
    }


def main():
    """Print the answers."""
    for name, value in values().items():
        print(f"{name:14}", np.round(value, 2))


if __name__ == "__main__":
    main()
