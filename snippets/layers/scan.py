"""A linear recurrence by hand: h_t = a_t h_{t-1} + b_t, by loop and by scan.

Shapes: N samples, T steps, and any further axes, such as u units.
Source: Hillis and Steele, Data parallel algorithms (1986).
"""

import numpy as np


# --8<-- [start:loop]
def loop(a, b):
    """Return all h (N, T, ...) of h = a_t h + b_t, one step after another."""
    h, states = np.zeros_like(b[:, 0]), []         # (N, ...): h_{-1} = 0
    for t in range(b.shape[1]):
        h = a[:, t] * h + b[:, t]                  # (N, ...)
        states.append(h)
    return np.stack(states, axis=1)                # (N, T, ...)
# --8<-- [end:loop]


# --8<-- [start:combine]
def combine(first, second):
    """Return the one pair (a, b) that does what two pairs do in turn."""
    (a_1, b_1), (a_2, b_2) = first, second
    return a_1 * a_2, a_2 * b_1 + b_2
# --8<-- [end:combine]


# --8<-- [start:levels]
def levels(a, b):
    """Return the pairs (a, b) of each level, the given ones first.

    a and b (N, T, ...). At each level every pair takes in the one that ends
    where it begins: 1 step before it, then 2, 4, 8, ...
    """
    rows, reach = [(a, b)], 1
    while reach < b.shape[1]:
        early = a[:, :-reach], b[:, :-reach]       # (N, T - reach, ...)
        late = a[:, reach:], b[:, reach:]          # (N, T - reach, ...)
        a_new, b_new = combine(early, late)        # all of them at once
        a = np.concatenate([a[:, :reach], a_new], axis=1)   # (N, T, ...)
        b = np.concatenate([b[:, :reach], b_new], axis=1)   # (N, T, ...)
        rows.append((a, b))
        reach = 2 * reach
    return rows


def scan(a, b):
    """Return what loop returns: the b of the last level, (N, T, ...)."""
    return levels(a, b)[-1][1]
# --8<-- [end:levels]
