"""The RNN API: strings as arrays.

Run `python -m snippets.rnn_api.arrays` for the outputs that the page shows.
Shapes: N strings, T symbols each, m = 7 inputs per step.
"""

import numpy as np

from snippets.reber.strings import SYMBOLS, accepts, one_hot, reber_of_length


# --8<-- [start:arrays]
def batch(strings):
    """Return strings of one length T as one array (N, T, 7)."""
    return np.stack([one_hot(string) for string in strings])


def spoil(rng, string):
    """Return the string with one symbol changed so that it is not legal."""
    while True:
        place = rng.integers(len(string))
        other = str(rng.choice(list(SYMBOLS)))
        changed = string[:place] + other + string[place + 1:]
        if not accepts(changed):
            return changed


def make_data(N=256, T=10, seed=0):
    """Return N strings of T symbols and y (N, 1): 1 if legal, else 0."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, size=(N, 1))              # about half are legal
    strings = [reber_of_length(rng, T) for _ in range(N)]
    return [s if ok else spoil(rng, s) for s, ok in zip(strings, y)], y
# --8<-- [end:arrays]


def values():
    """Return the values that the page quotes, by name."""
    strings, y = make_data()
    return {
        "shape": np.array(batch(strings).shape),
        "examples": np.array(strings[:4]),
        "y": y[:4, 0],
        "legal": y.sum(),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# arrays")
    for string, y in zip(v["examples"], v["y"]):
        print(string, y)
    print("shape of x:", tuple(v["shape"].tolist()))


if __name__ == "__main__":
    main()
