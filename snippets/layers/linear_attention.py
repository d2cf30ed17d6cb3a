"""Linear attention by hand: as attention, as a recurrence, and by a scan.

Shapes: N samples, T steps, u numbers in a query or key, m' in a value.
Source: Katharopoulos et al., Transformers are RNNs (2020).
"""

import numpy as np

from snippets.layers.scan import scan


# --8<-- [start:step]
def phi(a):
    """Return elu(a) + 1, number by number: never below 0."""
    return np.where(a > 0, a + 1, np.exp(np.minimum(a, 0)))


def linear_attention_step(q, k, v, S, n):
    """Return the new memory S, the new normaliser n and the output y.

    q, k (..., u), v (..., m'); S (..., u, m') and n (..., u), zero at first.
    """
    S = S + phi(k)[..., :, None] * v[..., None, :]      # (..., u, m')
    n = n + phi(k)                                      # (..., u)
    y = (phi(q)[..., None, :] @ S)[..., 0, :]           # (..., m')
    return S, n, y / np.sum(phi(q) * n, axis=-1, keepdims=True)
# --8<-- [end:step]


# --8<-- [start:loop]
def linear_attention(q, k, v):
    """Return y (N, T, m'), one step after another; two states are carried."""
    N, T, u = k.shape
    S, n, steps = np.zeros((N, u, v.shape[-1])), np.zeros((N, u)), []
    for t in range(T):
        S, n, y = linear_attention_step(q[:, t], k[:, t], v[:, t], S, n)
        steps.append(y)                                 # (N, m')
    return np.stack(steps, axis=1)                      # (N, T, m')
# --8<-- [end:loop]


# --8<-- [start:weights]
def attention_weights(q, k):
    """Return how much each step listens to each, (N, T, T), 0 to later ones."""
    scores = np.tril(phi(q) @ phi(k).swapaxes(-1, -2))  # (N, T, T)
    return scores / scores.sum(axis=-1, keepdims=True)  # each row adds up to 1
# --8<-- [end:weights]


# --8<-- [start:scan]
def linear_attention_scan(q, k, v):
    """Return the same y (N, T, m'): nothing is forgotten, so each a is 1."""
    written = phi(k)[..., :, None] * v[..., None, :]    # (N, T, u, m')
    S = scan(np.ones_like(written), written)            # (N, T, u, m')
    n = scan(np.ones_like(k), phi(k))                   # (N, T, u)
    y = (phi(q)[..., None, :] @ S)[..., 0, :]           # (N, T, m')
    return y / np.sum(phi(q) * n, axis=-1, keepdims=True)
# --8<-- [end:scan]
