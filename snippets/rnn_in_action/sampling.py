"""RNN in action: from which symbols to draw, and lots that can be drawn again.

Run `python -m snippets.rnn_in_action.sampling` for the page's output.
Sources: A. Fan, M. Lewis and Y. Dauphin, Hierarchical neural story generation
(2018): top-k; A. Holtzman et al., The curious case of neural text degeneration
(2020): top-p; C. Wellons, Prospecting for hash functions (2018): the lots.
"""

import numpy as np

from snippets.reber.strings import SYMBOLS
from snippets.rnn_in_action.generate import read, softmax
from snippets.rnn_in_action.model import numbers
from snippets.rnn_in_action.trained import trained

LONGEST = 100                                # symbols of a string, at most
HOT, K, ENOUGH = 2, 2, 0.8                   # of the page's example


# --8<-- [start:cut]
def shares(p):
    """Return p (..., 7) as parts of its sum, so that they add up to 1."""
    return p / p.sum(axis=-1, keepdims=True)


def top_k(p, k):
    """Return p (..., 7) with 0 for all but the k largest."""
    larger = p[..., None, :] > p[..., None]  # (..., 7, 7): than each, which?
    return shares(np.where(larger.sum(axis=-1) < k, p, 0))


def top_p(p, enough):
    """Return p (..., 7) with 0 for what comes after the largest have enough."""
    larger = p[..., None, :] > p[..., None]  # (..., 7, 7)
    held = np.sum(larger * p[..., None, :], axis=-1)  # by those (..., 7)
    return shares(np.where(held < enough, p, 0))
# --8<-- [end:cut]


def drawn_from(s, temperature, way="sample", limit=0):
    """Return the probabilities (..., 7) that the next symbol is drawn from."""
    p = softmax(s, temperature)              # (..., 7)
    if way == "sample":
        return p
    return top_p(p, limit) if way == "top-p" else top_k(p, limit or 1)


def mixed(x):
    """Return numbers of 32 bits that look as if drawn, for x (uint32)."""
    for shift, factor in (16, 0x21f0aaad), (15, 0x735a2d97):
        x = (x ^ x >> shift) * np.uint32(factor)
    return x ^ x >> 15


def lots(seed, n, step):
    """Return a lot from 0 to 1 for each string number n (N,) at this step."""
    x = mixed(np.array([seed], np.uint32))   # (1,)
    x = mixed(x + n.astype(np.uint32))       # (N,)
    return mixed(x + np.uint32(step)) / 2**32


def draw(q, lot):
    """Return the numbers (N,) of the symbols on which the lots (N,) fall."""
    return np.argmax(np.cumsum(q, axis=-1) > lot[:, None], axis=-1)


def write(weights, seed, setting, count):
    """Return the strings number 0 to count - 1 of this seed."""
    n, k = np.arange(count), np.zeros(count, int)  # all begin with B
    h = np.zeros((count, len(weights[2])))         # (N, u)
    strings = ["B"] * count
    for step in range(LONGEST - 1):
        s, h = read(k, h, weights)                 # (N, 7) and (N, u)
        k = draw(drawn_from(s, *setting), lots(seed, n, step))
        for string, symbol in zip(n, k):
            strings[string] += SYMBOLS[symbol]
        going = k != SYMBOLS.index("E")
        n, k, h = n[going], k[going], h[going]     # those without an E
    return strings


def values():
    """Return the values that the page quotes, by name."""
    weights = trained()
    h = np.zeros(len(weights[2]))
    for k in numbers("BTXS"):
        s, h = read(k, h, weights)           # (7,): what comes at node 6
    p = softmax(s, HOT)
    return {"p": p, "top_k": top_k(p, K), "top_p": top_p(p, ENOUGH)}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# cut")
    print("symbol   probability   top-k   top-p")
    for symbol, p, *left in zip(SYMBOLS, v["p"], v["top_k"], v["top_p"]):
        print(f"{symbol}             {p:.4f}", *(f" {q:z.4f}" for q in left))


if __name__ == "__main__":
    main()
