"""Attention by hand: encoder and decoder in NumPy, a symbol at a time.

Shapes: N strings of T symbols, u units; T' = T symbols are written.
Source: the Keras documentation of GRU and Attention.
"""

import keras
import numpy as np

from snippets.attention.model import arrays, build_model
from snippets.layers.attention import dot_scores, look
from snippets.layers.gru import gru, gru_step
from snippets.reber.strings import SYMBOLS, one_hot
from snippets.rnn_in_action.generate import softmax


# --8<-- [start:write]
def read(x, weights):
    """Return the encoder's states h (N, T, u) for strings x (N, T, 7)."""
    return gru(x, *weights[:3])[3]


def write(h, x, weights, forced=True):
    """Return p (N, T', 7), alpha (N, T', T) and the states d (N, T', u).

    Forced, the decoder is given the right symbol, x, before each step; else
    it reads its own. weights are get_weights() of the model; without
    attention alpha is all zeros.
    """
    decoder, (*W_q, W_y, b_y) = weights[3:6], weights[6:]
    d, before = h[:, -1], np.zeros_like(x[:, 0])          # (N, u), (N, 7)
    p, alpha = np.zeros_like(x), np.zeros((*x.shape[:2], h.shape[1]))
    states = np.zeros((*x.shape[:2], h.shape[2]))         # (N, T', u)
    for k in range(x.shape[1]):
        d = row = gru_step(before, d, *decoder)[3]        # (N, u)
        states[:, k] = d
        if W_q:
            e = dot_scores((d @ W_q[0])[:, None], h)      # (N, 1, T)
            alpha[:, [k]], c = look(e, h)                 # (N, 1, u)
            row = np.concatenate([c[:, 0], d], axis=-1)   # (N, 2u)
        p[:, k] = softmax(row @ W_y + b_y)                # (N, 7)
        before = x[:, k] if forced else np.eye(7)[p[:, k].argmax(-1)]
    return p, alpha, states
# --8<-- [end:write]


# --8<-- [start:right]
def written(strings, weights):
    """Return what the decoder writes of strings of one length, on its own."""
    x = np.array([one_hot(string) for string in strings])
    p, *_ = write(read(x, weights), x, weights, forced=False)
    return ["".join(SYMBOLS[k] for k in row) for row in p.argmax(-1)]


def right(strings, weights):
    """Return the share of the strings, of one length, that come out whole."""
    pairs = zip(strings, written(strings, weights))
    return np.mean([string == copy for string, copy in pairs])
# --8<-- [end:right]


def values():
    """Return the values that the page quotes, by name."""
    keras.utils.set_random_seed(1)
    model = build_model(8, attention=True)
    x, before, _ = arrays(["BTSXXVPSE", "BPTTVPSE"])
    theirs = np.array(model([x, before]))                 # (2, 9, 7), float32
    weights = [array.astype(float) for array in model.get_weights()]
    same = True
    for row, T in zip(range(2), (9, 8)):
        string = x[[row], :T]                             # (1, T, 7)
        p, *_ = write(read(string, weights), string, weights)
        same &= np.allclose(theirs[row, :T], p[0], rtol=0, atol=1e-6)
    return {"same_as_keras": bool(same)}


def main():
    """Print whether Keras gives the same, before any training."""
    print("the same as Keras:", values()["same_as_keras"])


if __name__ == "__main__":
    main()
