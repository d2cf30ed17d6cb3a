"""Both ways: which symbol of a string is missing? What can be known of it.

Run `python -m snippets.bidirectional.missing` for the outputs of the page.
Shapes: N strings, T symbols of the longest, u units.
"""

import numpy as np

from snippets.reber.strings import GRAMMAR, SYMBOLS, reber, walk

SHOWN = ["BT?XSE", "BP?VVE", "BPTT?VE", "BT?XXTVVE"]
LONGEST = 14
BLANK = 8                                # padding is 0, symbols are 1 to 7


# --8<-- [start:questions]
def make_questions(N, seed):
    """Return N strings and, for each, the place (N,) that will be blank.

    B is always first. The shortest strings have five symbols, so places 1
    to 3 are drawn for all alike: the place tells nothing about what follows.
    """
    rng = np.random.default_rng(seed)
    return [reber(rng) for _ in range(N)], rng.integers(1, 4, size=N)
# --8<-- [end:questions]


# --8<-- [start:knowable]
def chances(before, after=None):
    """Return {symbol: chance that it stands between both parts}.

    Without the part after it, all that counts is which symbols may follow.
    """
    found = {}
    for symbol, node in GRAMMAR[walk(before)[-1]].items():
        chance = 1.0                     # each way on is equally likely
        for s in after or "":
            ways = GRAMMAR[node]
            chance *= (s in ways) / max(len(ways), 1)
            node = ways.get(s, node)
        found[symbol] = chance
    return {s: c / sum(found.values()) for s, c in found.items()}


def knowable(strings, places):
    """Return how often the best guess is right, in the long run.

    First for who has read up to the blank, then for who has read it all.
    """
    one = [max(chances(s[:k]).values()) for s, k in zip(strings, places)]
    both = [max(chances(s[:k], s[k + 1:]).values())
            for s, k in zip(strings, places)]
    return np.mean(one), np.mean(both)
# --8<-- [end:knowable]


def make_arrays(strings, places, at_end=False):
    """Return x and y (N, T): the strings with blanks, and the answers.

    y is -1 where nothing is asked, that is everywhere but at the blank, or,
    if at_end, everywhere but at the last symbol.
    """
    T = max(len(s) for s in strings)
    x = np.zeros((len(strings), T), int)             # 0 is padding
    y = np.full((len(strings), T), -1)
    for n, (s, k) in enumerate(zip(strings, places)):
        x[n, :len(s)] = [1 + SYMBOLS.index(symbol) for symbol in s]
        x[n, k] = BLANK
        y[n, len(s) - 1 if at_end else k] = SYMBOLS.index(s[k])
    return x, y


def all_strings(longest, node=0, string=""):
    """Return all strings of the grammar with so many symbols, or fewer."""
    if not GRAMMAR[node]:
        return [string]
    if len(string) == longest:
        return []
    return sum((all_strings(longest, after, string + s)
                for s, after in GRAMMAR[node].items()), [])


def values():
    """Return the values that the page quotes, by name."""
    strings, places = make_questions(1000, seed=1)
    one, both = knowable(strings, places)
    every = all_strings(LONGEST)
    blanked = [s[:k] + "?" + s[k + 1:] for s in every for k in range(len(s))]
    v = {"one": 100 * one, "both": 100 * both, "questions": len(strings),
         "all": len(every), "alike": len(blanked) - len(set(blanked))}
    for k, string in enumerate(SHOWN):
        before, after = string.split("?")
        v[f"before_{k}"] = np.array([*chances(before).values()])
        v[f"all_{k}"] = np.array([*chances(before, after).values()])
    return v


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"never": ("no two of them differ in one place alone",
                      v["alike"] == 0)}


def main():
    """Print what can be known of the missing symbol of some strings."""
    v = values()
    print("# shown")
    print("string     from what is before  from all of it")
    for k, string in enumerate(SHOWN):
        symbols = chances(string.split("?")[0])
        print(f"{string:10}", "       ".join(
            "  ".join(f"{s} {p:z.2f}" for s, p in zip(symbols, v[name]))
            for name in (f"before_{k}", f"all_{k}")))


if __name__ == "__main__":
    main()
