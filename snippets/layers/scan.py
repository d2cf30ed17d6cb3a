"""A linear recurrence by hand: h_t = a_t h_{t-1} + d_t, by loop and by scan.

Shapes: N samples, T steps, and any further axes, such as u units.
Source: Hillis and Steele, Data parallel algorithms (1986).
"""

import numpy as np


# --8<-- [start:loop]
def loop(a, d):
    """Return all h (N, T, ...) of h = a_t h + d_t, one step after another."""
    h, states = np.zeros_like(d[:, 0]), []         # (N, ...): h_{-1} = 0
    for t in range(d.shape[1]):
        h = a[:, t] * h + d[:, t]                  # (N, ...)
        states.append(h)
    return np.stack(states, axis=1)                # (N, T, ...)
# --8<-- [end:loop]


# --8<-- [start:combine]
def combine(first, second):
    """Return the one pair (a, d) that does what two pairs do in turn."""
    (a_1, d_1), (a_2, d_2) = first, second
    return a_1 * a_2, a_2 * d_1 + d_2
# --8<-- [end:combine]


# --8<-- [start:levels]
def levels(a, d):
    """Return the pairs (a, d) of each level, the given ones first.

    a and d (N, T, ...). At each level every pair takes in the one that ends
    where it begins: 1 step before it, then 2, 4, 8, ...
    """
    rows, reach = [(a, d)], 1
    while reach < d.shape[1]:
        early = a[:, :-reach], d[:, :-reach]       # (N, T - reach, ...)
        late = a[:, reach:], d[:, reach:]          # (N, T - reach, ...)
        a_new, d_new = combine(early, late)        # all of them at once
        a = np.concatenate([a[:, :reach], a_new], axis=1)   # (N, T, ...)
        d = np.concatenate([d[:, :reach], d_new], axis=1)   # (N, T, ...)
        rows.append((a, d))
        reach = 2 * reach
    return rows


def scan(a, d):
    """Return what loop returns: the d of the last level, (N, T, ...)."""
    return levels(a, d)[-1][1]
# --8<-- [end:levels]
