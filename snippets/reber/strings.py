"""The strings of the second series: the Reber grammar, and the embedded one.

Run `python -m snippets.reber.strings` for the outputs that the page shows.
Sources: A. S. Reber, Implicit learning of artificial grammars (1967);
S. Hochreiter and J. Schmidhuber, Long short-term memory (1997).
"""

import functools

import numpy as np

# --8<-- [start:grammar]
SYMBOLS = "BTSXPVE"

# node: {symbol that may come next: node it leads to}
GRAMMAR = {
    0: {"B": 1},
    1: {"T": 2, "P": 3},
    2: {"S": 2, "X": 4},
    3: {"T": 3, "V": 5},
    4: {"X": 3, "S": 6},
    5: {"P": 4, "V": 6},
    6: {"E": 7},
    7: {},                               # the end
}
# --8<-- [end:grammar]


# --8<-- [start:reber]
def reber(rng):
    """Return a random string: at each node, each way on is equally likely."""
    node, string = 0, ""
    while GRAMMAR[node]:
        symbol = str(rng.choice(list(GRAMMAR[node])))
        string += symbol
        node = GRAMMAR[node][symbol]
    return string
# --8<-- [end:reber]


# --8<-- [start:walk]
def walk(string):
    """Return the nodes the string passes, one more than it has symbols.

    Return None if the grammar does not allow one of its symbols.
    """
    nodes = [0]
    for symbol in string:
        if symbol not in GRAMMAR[nodes[-1]]:
            return None
        nodes.append(GRAMMAR[nodes[-1]][symbol])
    return nodes


def accepts(string):
    """Say whether the string is a whole string of the grammar."""
    nodes = walk(string)
    return nodes is not None and nodes[-1] == 7
# --8<-- [end:walk]


# --8<-- [start:length]
@functools.cache
def count(node, length):
    """Count the ways to the end that have this many symbols."""
    if not GRAMMAR[node]:
        return int(length == 0)
    if length == 0:
        return 0
    return sum(count(after, length - 1) for after in GRAMMAR[node].values())


def reber_of_length(rng, length):
    """Return a random string of this length; all are equally likely.

    Raises ValueError below 5, the length of the shortest strings.
    """
    if not count(0, length):
        raise ValueError(f"no Reber string has {length} symbols: "
                         "the shortest have 5")
    node, string = 0, ""
    for left in range(length - 1, -1, -1):
        symbols = list(GRAMMAR[node])
        ways = [count(GRAMMAR[node][s], left) for s in symbols]
        symbol = str(rng.choice(symbols, p=np.divide(ways, sum(ways))))
        string += symbol
        node = GRAMMAR[node][symbol]
    return string
# --8<-- [end:length]


# --8<-- [start:embedded]
def embedded(rng, length=None):
    """Return a string of the embedded grammar.

    B, then T or P, a Reber string (of this length, if one is given), then
    the same T or P again, E. From the first T or P to the second it is
    length + 1 steps: over that distance it must be remembered.
    """
    kept = str(rng.choice(["T", "P"]))
    inner = reber_of_length(rng, length) if length else reber(rng)
    return f"B{kept}{inner}{kept}E"


def accepts_embedded(string):
    """Say whether the string is a whole string of the embedded grammar."""
    ends = string[:2], string[-2:]
    return ends in [("BT", "TE"), ("BP", "PE")] and accepts(string[2:-2])
# --8<-- [end:embedded]


# --8<-- [start:one_hot]
def one_hot(string):
    """Return the string as an array (T, 7): each row has one 1."""
    return np.eye(7)[[SYMBOLS.index(symbol) for symbol in string]]
# --8<-- [end:one_hot]


# --8<-- [start:legal]
def legal(string):
    """Return (T, 7), true where a symbol may follow string[:t + 1]."""
    nodes = walk(string)[1:]
    return np.array([[s in GRAMMAR[node] for s in SYMBOLS] for node in nodes])
# --8<-- [end:legal]


def values():
    """Return the values that the page quotes, by name."""
    rng = np.random.default_rng(0)
    strings = [reber(rng) for _ in range(1000)]
    forks = [node for node, ways in GRAMMAR.items() if len(ways) > 1]
    lengths = np.array([len(s) for s in strings])
    return {
        "drawn": len(strings),
        "symbols": len(SYMBOLS), "nodes": len(GRAMMAR), "forks": len(forks),
        "arrows": sum(len(ways) for ways in GRAMMAR.values()),
        "shortest": lengths.min(),
        "longest": lengths.max(),
        "mean_length": lengths.mean(),
        "different": len(set(strings)),
        "ways": np.array([count(0, length) for length in range(13)]),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    print("# strings")
    rng = np.random.default_rng(0)
    for _ in range(6):
        print(reber(rng))
    print("# embedded")
    rng = np.random.default_rng(3)
    for _ in range(4):
        print(embedded(rng))
    print("# long")
    rng = np.random.default_rng(3)
    for length in (5, 10, 20):
        print(embedded(rng, length))


if __name__ == "__main__":
    main()
