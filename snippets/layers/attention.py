"""Attention by hand: scores, weights, and a weighted mean of rows.

Shapes: T' queries look at T rows; u numbers each; ... any axes before.
Sources: Bahdanau, Cho and Bengio (2014), Luong, Pham and Manning (2015).
"""

import numpy as np

from snippets.rnn_in_action.generate import softmax


# --8<-- [start:scores]
def dot_scores(query, key, scale=1.0):
    """Return e (..., T', T): each query (..., T', u) times each key."""
    return scale * (query @ np.swapaxes(key, -1, -2))     # (..., T', T)


def additive_scores(query, key, v):
    """Return e (..., T', T): the sum of v * tanh(query + key), v (u,)."""
    pairs = query[..., :, None, :] + key[..., None, :, :]  # (..., T', T, u)
    return np.tanh(pairs) @ v                              # (..., T', T)
# --8<-- [end:scores]


# --8<-- [start:look]
def look(e, value, seen=True):
    """Return the weights (..., T', T) and the contexts (..., T', u).

    e (..., T', T) are the scores, value (..., T, u) the rows to be mixed.
    seen is true where a query may look; elsewhere the weight becomes 0.
    """
    alpha = softmax(np.where(seen, e, -1e9))              # (..., T', T)
    return alpha, alpha @ value                           # (..., T', u)
# --8<-- [end:look]
