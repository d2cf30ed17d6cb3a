"""RNN in action: the trained model writes strings, step by step in NumPy.

Run `python -m snippets.rnn_in_action.generate` for the page's outputs.
"""

import numpy as np

from snippets.layers.simple_rnn import simple_rnn_step
from snippets.reber.strings import SYMBOLS


# --8<-- [start:softmax]
def softmax(s, temperature=1):
    """Return probabilities for the sums s (..., 7), of the same shape."""
    s = s - s.max(axis=-1, keepdims=True)    # changes nothing, no overflow
    e = np.exp(s / temperature)
    return e / e.sum(axis=-1, keepdims=True)
# --8<-- [end:softmax]


# --8<-- [start:read]
def read(k, h, weights):
    """Return the sums s (7,) and the new state h (u,) after symbol number k.

    weights is what get_weights() of the model returns.
    """
    E, W, U, b, W_y, b_y = weights
    _, h = simple_rnn_step(E[k], h, W, U, b)  # (m,) and (u,) to (u,)
    return h @ W_y + b_y, h                   # (7,) and (u,)
# --8<-- [end:read]


# --8<-- [start:generate]
def generate(weights, choose, longest=100):
    """Return a string: choose(s) picks the number of each next symbol."""
    h = np.zeros(len(weights[2]))             # (u,): nothing read yet
    string = "B"                              # the start symbol
    while string[-1] != "E" and len(string) < longest:
        k = SYMBOLS.index(string[-1])         # its own last symbol ...
        s, h = read(k, h, weights)            # ... and the state carried on
        string += SYMBOLS[choose(s)]
    return string
# --8<-- [end:generate]


# --8<-- [start:sampler]
def sampler(rng, temperature=1):
    """Return a function that draws a number with softmax(s, temperature)."""
    def choose(s):
        return rng.choice(len(s), p=softmax(s, temperature))
    return choose
# --8<-- [end:sampler]


def values():
    """Return the values that the page quotes, by name."""
    s = np.array([2.0, 1.0, 0.0])
    return {
        "e": np.exp(s),
        "e_sum": np.exp(s).sum(),
        "softmax": softmax(s),
        "softmax_half": softmax(s, 0.5),
        "softmax_two": softmax(s, 2),
        "softmax_cold": softmax(s, 0.1),
        "softmax_hot": softmax(s, 100),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# extremes")
    print("0.1 ", *(f"{p:.4f}" for p in v["softmax_cold"]))
    print("100 ", *(f"{p:.4f}" for p in v["softmax_hot"]))


if __name__ == "__main__":
    main()
