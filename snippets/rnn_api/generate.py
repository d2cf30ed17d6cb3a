"""The RNN API, one to many: a layer that writes strings, symbol by symbol.

Run `python -m snippets.rnn_api.generate` for the outputs that the page shows.
"""

import keras
import numpy as np

from snippets.layers.simple_rnn import simple_rnn_step
from snippets.reber.strings import SYMBOLS, accepts, one_hot
from snippets.rnn_api.grammar import U, W, W_next, b, b_next, start, starts


# --8<-- [start:layers]
def layers():
    """Return the recurrent layer and the output layer, ready for one step."""
    rnn = keras.layers.SimpleRNN(13, return_state=True)
    rnn.build((None, None, 7))
    rnn.set_weights([W, U, b])
    dense = keras.layers.Dense(7, activation="softmax")
    dense.build((None, 13))
    dense.set_weights([W_next, b_next])
    return rnn, dense
# --8<-- [end:layers]


# --8<-- [start:write]
def write(rng, rnn, dense, longest=50):
    """Return a string that begins with B, each symbol drawn at random."""
    string, state = "B", starts(1)                   # (1, 13)
    while string[-1] != "E" and len(string) < longest:
        x = one_hot(string[-1])[None]                # (N, T, m) = (1, 1, 7)
        h, state = rnn(x, initial_state=state)       # (1, 13) each
        p = np.array(dense(h))[0].astype(float)      # (7,), their sum is 1
        string += str(rng.choice(list(SYMBOLS), p=p / p.sum()))
    return string
# --8<-- [end:write]


# --8<-- [start:by_hand]
def softmax(s):
    """Return positive numbers (..., m') with the sum 1 for s (..., m')."""
    e = np.exp(s - s.max(axis=-1, keepdims=True))    # no overflow
    return e / e.sum(axis=-1, keepdims=True)


def write_by_hand(rng, longest=50):
    """Return the same string as `write`, with NumPy alone."""
    string, h = "B", start                           # (13,)
    while string[-1] != "E" and len(string) < longest:
        z, h = simple_rnn_step(one_hot(string[-1])[0], h, W, U, b)   # (13,)
        p = softmax(h @ W_next + b_next)             # (7,)
        string += str(rng.choice(list(SYMBOLS), p=p))
    return string
# --8<-- [end:by_hand]


def values():
    """Return the values that the page quotes, by name."""
    rnn, dense = layers()
    rng, again = np.random.default_rng(5), np.random.default_rng(5)
    strings = [write(rng, rnn, dense) for _ in range(4)]
    by_hand = [write_by_hand(again) for _ in range(500)]
    return {
        "strings": np.array(strings),
        "same_by_hand": by_hand[:4] == strings,
        "written": len(by_hand),
        "accepted": sum(accepts(s) for s in by_hand),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# strings")
    for string in v["strings"]:
        print(string)
    print("the same by hand:", v["same_by_hand"])
    print("accepted:", v["accepted"], "of", v["written"])


if __name__ == "__main__":
    main()
