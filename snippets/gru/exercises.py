"""Part E, the answers to the exercises.

Run `python -m snippets.gru.exercises` for the counts that the page quotes.
"""

from itertools import product

import numpy as np

from snippets.gru import miniature as gru
from snippets.gru.exactly_one import LENGTHS, U, W, b, read


# --8<-- [start:both_conventions]
# Unit 0 notes a 1, unit 1 holds the answer; a 0 keeps both, a 1 takes.
#                       z0   z1   r0  r1  h0   h1
both_ways = (np.array([[-20.0, -20, 0, 0, 6, 6]]),   # W (m, 3u) = (1, 6)
             np.array([[0.0, 0, 0, 0, 0, -12],       # U, from the note
                       [0.0, 0, 0, 0, 0, 0]]),       # and from the answer
             np.array([10.0, 10, 10, 10, 0, 0]))     # b (3u,)
# --8<-- [end:both_conventions]


def with_reset(value):
    """Return W, U, b with unit 1's reset gate always at sigmoid(value)."""
    W_fixed, b_fixed = W.copy(), b.copy()            # (1, 6) and (6,)
    W_fixed[0, 3], b_fixed[3] = 0, value
    return W_fixed, U, b_fixed


def count(weights, reset_after, truth=lambda bits: sum(bits) == 1):
    """Return how many strings of one to six bits are answered as by truth."""
    W, U, b = weights
    right = 0
    for T in LENGTHS:
        strings = list(product([0, 1], repeat=T))
        answer = read(strings, W, U, b, reset_after)[:, -1, 1] > 0
        right += np.sum(answer == [truth(bits) for bits in strings])
    return right


def values():
    """Return the values that the page quotes, by name."""
    forgotten = np.tanh(gru.x[0, 1] @ gru.W + gru.b[0])[2]   # z and r are 0
    return {
        "forgotten": forgotten,
        "both_before": count(both_ways, False),
        "both_after": count(both_ways, True),
        "reset_open": count(with_reset(10.0), False),
        "starts_with_1": count(with_reset(10.0), False, lambda s: s[0] == 1),
        "reset_shut": count(with_reset(-10.0), False),
    }


def main():
    """Print each value below the name of its exercise."""
    for name, number in values().items():
        print(f"{name:14} {number:z.4g}")


if __name__ == "__main__":
    main()
