"""RNN in action: how its predictions are judged, and what to compare with.

Run `python -m snippets.rnn_in_action.baselines` for the page's outputs.
Shapes: N strings of T symbols, probabilities p (N, T - 1, 7).
"""

import numpy as np

from snippets.reber.strings import GRAMMAR, SYMBOLS, legal
from snippets.rnn_in_action.model import make_pairs, make_strings, numbers


# --8<-- [start:cross_entropy]
def cross_entropy(p, y):
    """Return the mean of -ln of what p (N, T, 7) gave to the symbols y (N, T).

    Places where y is -1 are left out.
    """
    n, t = np.nonzero(y >= 0)                # the real steps
    return -np.log(p[n, t, y[n, t]]).mean()
# --8<-- [end:cross_entropy]


# --8<-- [start:legal]
def legal_throughout(p, strings):
    """Return, for each string, whether every predicted symbol is legal (N,).

    The predicted symbol is the one with the largest probability.
    """
    result = []
    for string, rows in zip(strings, p):
        steps = np.arange(len(string) - 1)
        predicted = rows[steps].argmax(-1)               # (T - 1,)
        result.append(legal(string)[steps, predicted].all())
    return np.array(result)


def all_and_only(p, strings, bound=0.2):
    """Return, for each string, whether at every step exactly the legal
    symbols have a probability above the bound (N,)."""
    return np.array([
        np.array_equal(rows[:len(string) - 1] > bound, legal(string)[:-1])
        for string, rows in zip(strings, p)])
# --8<-- [end:legal]


# --8<-- [start:bigram]
def count_pairs(strings):
    """Return counts (7, 7): how often each row was followed by each column."""
    counts = np.zeros((7, 7), int)
    for string in strings:
        k = numbers(string)
        np.add.at(counts, (k[:-1], k[1:]), 1)
    return counts


def bigram(counts, x):
    """Return p (N, T, 7) for x (N, T): each row of counts as shares."""
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    return shares[x]
# --8<-- [end:bigram]


# --8<-- [start:best]
def expected_visits():
    """Return how often a random string passes each node on average (8,)."""
    P = np.zeros((8, 8))                     # from node to node
    for node, ways in GRAMMAR.items():
        for after in ways.values():
            P[node, after] += 1 / len(ways)
    # visits = start + visits @ P, solved for visits
    return np.linalg.solve((np.eye(8) - P).T, np.eye(8)[0])
# --8<-- [end:best]


def values():
    """Return the values that the page quotes, by name."""
    training, test = make_strings()
    x, y = make_pairs(test)
    counts = count_pairs(training)
    p = bigram(counts, x)
    visits = expected_visits()
    ways = np.concatenate([legal(s)[:-1].sum(-1) for s in test])
    guess = [np.prod(legal(s)[:-1].sum(-1) / 7) for s in test]
    return {
        "counts": counts,
        "steps": 100 * np.mean(np.concatenate(
            [legal(s)[:-1][np.arange(len(s) - 1), rows[:len(s) - 1].argmax(-1)]
             for s, rows in zip(test, p)])),
        "legal_count": legal_throughout(p, test).sum(),
        "strict_count": all_and_only(p, test).sum(),
        "btxse": test.count("BTXSE"),
        "loss": cross_entropy(p, y),
        "loss_uniform": np.log(7),
        "legal_uniform": 100 * np.mean(guess),
        "visits": visits,
        "choices": visits[1:6].sum(),
        "predictions": visits[1:7].sum(),
        "best": np.log(2) * visits[1:6].sum() / visits[1:7].sum(),
        "best_test": np.log(ways).mean(),
        "ln_2": np.log(2),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "slips": ("no string gets through without a slip",
                  v["legal_count"] == 0),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# counts")
    print("   " + "".join(f"{symbol:>5}" for symbol in SYMBOLS))
    for symbol, row in zip(SYMBOLS, v["counts"]):
        print(f"{symbol}  " + "".join(f"{count:5}" for count in row))


if __name__ == "__main__":
    main()
