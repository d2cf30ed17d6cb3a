"""Monte Carlo dropout: many answers to one input, each with other masks.

Run `python -m snippets.dropout.monte_carlo` for the output of the page.
Shapes: N samples, T steps, m inputs per step, u units.
"""

import keras
import numpy as np

from snippets.dropout.miniature import U, W, b, dropped, x

# --8<-- [start:answers]
RATE, D = 0.2, 500


def answers(seed):
    """Return D answers (D,) of the same layer to the same input."""
    rnn = keras.layers.SimpleRNN(
        2, dropout=RATE, recurrent_dropout=RATE, seed=seed, dtype="float64")
    rnn.build((None, None, 2))
    rnn.set_weights([W, U, b])
    many = np.repeat(x, D, axis=0)            # (D, T, m): each has its mask
    return np.array(rnn(many, training=True))[:, 0]
# --8<-- [end:answers]


# --8<-- [start:interval]
def interval(found):
    """Return the mean and the middle 95 percent."""
    return np.array([found.mean(), *np.quantile(found, [0.025, 0.975])])
# --8<-- [end:interval]


def by_enumeration():
    """Return the exact mean over all 16 pairs of masks, by their chances."""
    total = 0.0
    for kept in np.ndindex(2, 2, 2, 2):
        chance = np.prod([1 - RATE if k else RATE for k in kept])
        mask = np.array(kept) / (1 - RATE)
        h = dropped(x, W, U, b, mask[None, :2], mask[None, 2:])
        total += chance * h[0, -1, 0]
    return total


def values():
    """Return the values that the page quotes, by name."""
    found = answers(1)
    return {
        "interval": interval(found), "distinct": len(np.unique(
            found.round(9))), "exact": by_enumeration(),
        "plain": dropped(x, W, U, b, 1, 1)[0, -1, 0], "pairs": 2**4,
        "error": found.std() / np.sqrt(D),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    off = abs(v["interval"][0] - v["exact"])
    return {
        "near": ("as near as chance allows", off < 3 * v["error"]),
        "apart": ("is not the mean of the answers",
                  abs(v["plain"] - v["exact"]) > 0.02),
    }


def main():
    """Print the interval."""
    v = values()
    mean, low, high = v["interval"]
    print(f"mean {mean:z.2f}, 95 percent between {low:z.2f} and {high:z.2f}")


if __name__ == "__main__":
    main()
