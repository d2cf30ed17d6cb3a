"""Self-attention: without positions it knows no order.

Run `python -m snippets.self_attention.order` for the outputs of the page.
Source: A. Vaswani et al., Attention Is All You Need (2017).
"""

import numpy as np

from snippets.layers.simple_rnn import simple_rnn
from snippets.self_attention.miniature import (
    W_k, W_q, W_v, self_attention, x,
)

SWAP = [2, 0, 1]                                    # another order


# --8<-- [start:positions]
def positions(T, d):
    """Return (T, d): sines in the even columns, cosines in the odd ones."""
    rate = 10000.0 ** (-np.arange(0, d, 2) / d)     # (d/2,): slower and slower
    angle = np.arange(T)[:, None] * rate            # (T, d/2)
    found = np.zeros((T, d))
    found[:, 0::2], found[:, 1::2] = np.sin(angle), np.cos(angle)
    return found
# --8<-- [end:positions]


# --8<-- [start:swap]
def apart(read):
    """Return how far the outputs are from the old ones, in the new order."""
    return np.abs(read(x[SWAP]) - read(x)[SWAP]).max()


def attention(x):
    """Return the outputs (T, d)."""
    return self_attention(x, W_q, W_k, W_v)[1]


def with_positions(x):
    """Return the outputs (T, d) when positions are added before."""
    return attention(x + positions(*x.shape))


def rnn(x):
    """Return the states (T, d) of a SimpleRNN with two of the kernels."""
    return simple_rnn(x[None], W_q, W_k, np.zeros(2))[0]
# --8<-- [end:swap]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "positions": positions(3, 2), "four": positions(3, 4),
        "attention": round(apart(attention), 12),
        "with_positions": apart(with_positions),
        "rnn": apart(rnn),
        "added": x + positions(3, 2),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"same": ("exactly the old outputs, in the new order",
                     bool(v["attention"] < 1e-12)),
            "others": ("both notice", bool(min(v["with_positions"],
                                               v["rnn"]) > 0.1))}


def main():
    """Print the positions of three steps."""
    v = values()
    print("# positions")
    for row in v["four"]:
        print(*(f"{number:z8.5f}" for number in row))


if __name__ == "__main__":
    main()
