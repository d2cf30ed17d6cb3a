"""RNN in action: what the lab shows at first, and for settings at random.

Run `python -m snippets.rnn_in_action.lab` for the output of the page.
"""

import numpy as np

from snippets.lstm.seeds import wilson
from snippets.reber.strings import GRAMMAR, accepts
from snippets.rnn_in_action.generate import read, softmax
from snippets.rnn_in_action.model import numbers
from snippets.rnn_in_action.sampling import draw, drawn_from, lots, write
from snippets.rnn_in_action.trained import trained

STRINGS, SEED, SEEDS = 1000, 1, 20
# Temperature, way to draw, its limit. The lab begins with the first.
SHOWN = [(2, "sample", 0), (1, "sample", 0), (0.5, "sample", 0),
         (2, "top-k", 2), (2, "top-p", 0.8), (1, "argmax", 0)]
COLD, TOP_K, TOP_P = 2, 3, 4                 # places in SHOWN
WAYS = "sample", "argmax", "top-k", "top-p"


def fault(string):
    """Return the node at which a string goes wrong, -1 if it does not."""
    node = 0
    for symbol in string:
        if symbol not in GRAMMAR[node]:
            return node
        node = GRAMMAR[node][symbol]
    return -1


def counted(strings):
    """Return how many are legal, and how many different ones these are."""
    good = [string for string in strings if accepts(string)]
    return len(good), len(set(good))


def random_settings(count=50):
    """Return settings that a reader could make."""
    rng = np.random.default_rng(0)
    tau = np.exp(rng.uniform(np.log(0.25), np.log(5), count)).round(2)
    way = rng.permutation(count) % 4         # each as often as the others
    limit = np.select([way == 2, way == 3],  # of top-k, of top-p
                      [rng.integers(1, 8, count),
                       rng.uniform(0.1, 0.99, count).round(2)])
    return tau, way, limit, rng.integers(0, 10**6, count)


def tried(weights):
    """Return what the lab must show for these settings."""
    tau, way, limit, seed = random_settings()
    found = {"legal": [], "different": [], "symbols": [], "q": [], "lot": []}
    for n in range(len(tau)):
        setting = tau[n], WAYS[way[n]], limit[n]
        strings = write(weights, seed[n], setting, STRINGS)
        legal, different = counted(strings)
        k, h = numbers(strings[n]), np.zeros(len(weights[2]))
        for symbol in k[:-1]:                # of string number n
            s, h = read(symbol, h, weights)
        found["legal"].append(legal)
        found["different"].append(different)
        found["symbols"].extend([*k, -1])
        found["q"].append(drawn_from(s, *setting))  # (7,) for its last symbol
        found["lot"].extend(lots(seed[n], np.array([n]), len(k) - 2))
    return {"tau": tau, "way": way, "limit": limit, "seed": seed,
            **{name: np.array(rows) for name, rows in found.items()}}


def values():
    """Return the values that the page quotes, by name."""
    weights = trained()
    written = [[write(weights, seed, setting, STRINGS) for setting in SHOWN]
               for seed in range(SEED, SEED + SEEDS)]
    count = np.array([[counted(s) for s in row] for row in written])
    legal, different = count[0].T            # with the lab's seed
    s, _ = read(0, np.zeros(len(weights[2])), weights)  # after B
    q, lot = drawn_from(s, *SHOWN[0]), lots(SEED, np.array([0]), 0)
    at = [fault(string) for row in written for string in row[TOP_K]]
    return {
        "legal": legal, "different": different, "wrong": STRINGS - legal,
        "interval": 100 * np.array([wilson(k, STRINGS) for k in legal]),
        "p": softmax(s), "q": q, "lot": lot[0],
        "reach": np.cumsum(q), "drawn": draw(q[None], lot)[0],
        "elsewhere": np.sum(np.isin(at, range(6))),
        "wrong_top_p": STRINGS - count[:, TOP_P, 0].min(),
        "colder": np.sum(np.all(np.diff(count[:, :3, 0]) > 0, axis=1)),
        "varied": np.sum(count[:, TOP_P, 1] > count[:, COLD, 1]),
        **{f"tried_{name}": value for name, value in tried(weights).items()},
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "cooler": ("The cooler, the more strings are legal",
                   bool(v["colder"] == SEEDS)),
        "at_6": ("at node 6", bool(v["elsewhere"] == 0)),
    }


def main():
    """Print the first strings of the lab."""
    print("# strings")
    for string in write(trained(), SEED, SHOWN[0], 6):
        print(f"{string:18}", "yes" if accepts(string) else "no")


if __name__ == "__main__":
    main()
