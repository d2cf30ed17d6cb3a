"""What the state remembers: nodes read off by probes, and states exchanged.

Run `python -m snippets.what_the_state_remembers.nodes` for what they say.
"""

import numpy as np

from snippets.layers.gru import gru_step
from snippets.reber.strings import GRAMMAR, SYMBOLS, legal, one_hot, walk
from snippets.what_the_state_remembers.pca import KNOWN, prefixes
from snippets.what_the_state_remembers.probe import probe
from snippets.what_the_state_remembers.reader import (
    NEW, draw, read, trained_weights,
)

NETWORKS = 5                                         # that are not trained


# --8<-- [start:read]
def read_with(string, weights, change):
    """Return the GRU's states (T, u) over a string, and the scores (T, 7).

    change(t, h) may put other numbers into the state h (u,) after step t.
    """
    W, U, b, W_y, b_y = weights
    h, states = np.zeros(len(U)), []                 # (u,)
    for t, x in enumerate(one_hot(string)):          # (7,)
        h = gru_step(x, h, W, U, b)[3]               # (u,)
        change(t, h)
        states.append(h)
    return np.array(states), np.array(states) @ W_y + b_y
# --8<-- [end:read]


# --8<-- [start:nodes]
def node_labels(nodes):
    """Return (P, 6): 1 in the column of the node, -1 in all others."""
    return np.where(nodes[:, None] == np.arange(1, 7), 1, -1)
# --8<-- [end:nodes]


def changed(string, weights, other=(), units=(), step=0, off=(), held=None):
    """Return states and scores with units taken from other, and units off.

    After this step the units get the numbers that they have in the states
    other (T, u); those that are off get theirs of held (u,) at each step.
    """
    def change(t, h):
        if t == step:
            h[list(units)] = other[t, list(units)] if len(units) else ()
        h[list(off)] = held[list(off)] if len(off) else ()
    return read_with(string, weights, change)


def found_by(weights):
    """Return the percentage of new prefixes whose node the probes tell."""
    known, new = draw(KNOWN, 1), draw(NEW, 2)
    states, nodes = prefixes(known, weights)
    new_states, new_nodes = prefixes(new, weights, without=known)
    says = probe(states, node_labels(nodes), new_states)  # (Q, 6)
    return 100 * np.mean(says.argmax(axis=1) + 1 == new_nodes)


def random_weights(seed):
    """Return weights of a GRU that was never trained."""
    rng = np.random.default_rng(seed)
    return [rng.uniform(-1, 1, np.shape(w)) * np.sqrt(6 / sum(np.shape(w)))
            for w in trained_weights()]


def two_tell():
    """Say whether the last two symbols always tell the node."""
    ends = {}                                        # two symbols: nodes
    for ways in GRAMMAR.values():
        for first, between in ways.items():
            for second, node in GRAMMAR[between].items():
                ends.setdefault(first + second, set()).add(node)
    return all(len(nodes) == 1 for nodes in ends.values())


def legal_share(weights, off, held):
    """Return the percentage of legal predictions over new strings."""
    right = []
    for string in draw(NEW, 2):
        _, scores = changed(string, weights, off=off, held=held)
        best = scores[:-1].argmax(axis=1)            # (T - 1,)
        right.extend(legal(string)[np.arange(len(best)), best])
    return 100 * np.mean(right)


def exchanges(weights):
    """Return (R, 9, 2): is what is predicted legal at the own node, the other?

    For neighbours among new strings, at each step at which their nodes differ:
    each unit alone is exchanged, and then all of them.
    """
    strings, rows = draw(NEW, 2), []
    W_y, b_y = weights[3:]
    everywhere = [read(string, weights)[0] for string in strings]
    nodes = [walk(string) for string in strings]
    for n in range(len(strings) - 1):
        for t in range(min(map(len, strings[n:n + 2])) - 1):
            now = nodes[n][t + 1], nodes[n + 1][t + 1]
            if now[0] == now[1]:
                continue
            h, other = everywhere[n][t], everywhere[n + 1][t]  # (u,)
            alone = np.where(np.eye(8, dtype=bool), other, h)  # (8, u)
            best = (np.array([*alone, other]) @ W_y + b_y).argmax(-1)  # (9,)
            rows.append([[SYMBOLS[k] in GRAMMAR[node] for node in now]
                         for k in best])
    return np.array(rows)


def values():
    """Return the values that the page quotes, by name."""
    weights = trained_weights()
    states, _ = prefixes(draw(KNOWN, 1), weights)
    mean, traded = states.mean(axis=0), exchanges(weights)  # (u,), (R, 9, 2)
    share = 100 * traded.mean(axis=0)                # (9, 2)
    return {
        "right": found_by(weights),
        "random": np.array([found_by(random_weights(seed))
                            for seed in range(NETWORKS)]),
        "pairs": len(traded), "own": share[:, 0], "other": share[:, 1],
        "off": np.array([legal_share(weights, [j], mean) for j in range(8)]),
        "zero": np.array([legal_share(weights, [j], 0 * mean)
                          for j in range(8)]),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "alike": ("random weights do nearly as well",
                  bool(v["random"].min() > 95)),
        "least": ("the least of all eight units",
                  bool(v["off"].argmin() == 7)),
        "two": ("The last two symbols always tell the node", two_tell()),
        "of_b": ("always for the node of B", bool(v["other"][8] == 100)),
        "no_unit": ("No unit does that alone", bool(v["own"][:8].min() > 80)),
    }


def main():
    """Print what stays legal for the own node, and what is for the other."""
    v = values()
    for j, (own, other) in enumerate(zip(v["own"], v["other"])):
        print("all units" if j == 8 else f"unit {j}   ",
              f"{own:5.1f} {other:5.1f}")


if __name__ == "__main__":
    main()
