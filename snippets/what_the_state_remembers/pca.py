"""What the state remembers: the states of a GRU, seen in two dimensions.

Run `python -m snippets.what_the_state_remembers.pca` for its shares.
Source: A. Cleeremans, D. Servan-Schreiber and J. L. McClelland, Finite state
automata and simple recurrent networks (1989).
"""

import math

import numpy as np

from snippets.reber.strings import walk
from snippets.recording.measured import measured
from snippets.what_the_state_remembers.reader import (
    NEW, TRAINING, draw, eight_units, read, train_reader, trained_weights,
)

KNOWN = 60                                           # strings


# --8<-- [start:prefixes]
def prefixes(strings, weights, without=()):
    """Return the states (P, u) after all prefixes, each once, and the nodes.

    Prefixes of the strings of `without` are left out.
    """
    old = {string[:t + 1] for string in without for t in range(len(string))}
    found = {}
    for string in strings:
        h, _ = read(string, weights)                 # (T, u)
        for t in range(len(string) - 1):             # without the last E
            if string[:t + 1] not in old:
                found[string[:t + 1]] = h[t], walk(string)[t + 1]
    states, nodes = zip(*found.values())
    return np.array(states), np.array(nodes)
# --8<-- [end:prefixes]


# --8<-- [start:pca]
def pca(states):
    """Return the coordinates (P, u), the directions (u, u), the shares (u,).

    Rows of directions have length 1. The first is the way in which the
    states (P, u) differ most, each further one at right angles to those
    before. A share is the part of all variance along a direction.
    """
    centred = states - states.mean(axis=0)           # (P, u)
    _, s, directions = np.linalg.svd(centred, full_matrices=False)
    # An SVD leaves signs open: let each direction's largest part be positive.
    largest = np.abs(directions).argmax(axis=1)      # (u,)
    signs = np.sign(directions[np.arange(len(s)), largest])
    directions = directions * signs[:, None]         # (u, u)
    return centred @ directions.T, directions, s**2 / np.sum(s**2)
# --8<-- [end:pca]


# --8<-- [start:nearest]
def nearest(states, nodes, new):
    """Return for each of new (Q, k) the node whose mean state is nearest."""
    names = np.unique(nodes)                         # (K,)
    means = np.array([states[nodes == n].mean(axis=0) for n in names])
    distance = np.linalg.norm(new[:, None] - means, axis=2)  # (Q, K)
    return names[distance.argmin(axis=1)]            # (Q,)
# --8<-- [end:nearest]


def explained(states, nodes):
    """Return the share of each unit's variance between nodes, (u,)."""
    means = np.array([states[nodes == n].mean(axis=0) for n in nodes])  # (P, u)
    return np.var(means, axis=0) / np.var(states, axis=0)


def one_node(states, nodes):
    """Return (u, K): does a limit on a unit tell a node from the rest?"""
    def apart(j, n):
        own, rest = states[nodes == n, j], states[nodes != n, j]
        return own.min() > rest.max() or own.max() < rest.min()
    return np.array([[apart(j, n) for n in np.unique(nodes)]
                     for j in range(states.shape[1])])


def nodes_found(weights, known, new):
    """Return shares: variance in 2 directions, nodes found in u, and in 2."""
    states, nodes = prefixes(known, weights)
    new_states, new_nodes = prefixes(new, weights, without=known)
    points, directions, shares = pca(states)
    seen = (new_states - states.mean(axis=0)) @ directions[:2].T  # (Q, 2)
    return (shares[:2].sum(),
            np.mean(nearest(states, nodes, new_states) == new_nodes),
            np.mean(nearest(points[:, :2], nodes, seen) == new_nodes))


def measure():
    """See what is found in three more GRUs, and in four untrained ones."""
    record = {"trained": [], "untrained": []}
    known, new = draw(KNOWN, 1), draw(NEW, 2)
    for seed in (1, 2, 3, 4):
        for name, epochs in (("untrained", 0), ("trained", 8)):
            if (name, seed) == ("trained", 1):
                continue                             # its weights are recorded
            weights = train_reader(eight_units, draw(TRAINING, 0), epochs, seed)
            weights = [np.round(w, 2) for w in weights]
            record[name].append(np.round(nodes_found(weights, known, new), 3))
    return record


def values():
    """Return the values that the page quotes, by name; row 0 is seed 1."""
    weights = trained_weights()
    known, new = draw(KNOWN, 1), draw(NEW, 2)
    states, nodes = prefixes(known, weights)
    points, directions, shares = pca(states)
    _, new_nodes = prefixes(new, weights, without=known)
    uncentred = np.linalg.svd(states, compute_uv=False)
    variances = np.linalg.eigvalsh(np.cov(states.T))[::-1]
    first = np.round(nodes_found(weights, known, new), 3)
    means = np.array([states[nodes == n].mean(axis=0) for n in range(1, 7)])
    record = measured("what_the_state_remembers.pca")
    return {
        "by_chance": math.comb(8, 4),                # one order of so many
        "strings": KNOWN, "known": len(states), "units": len(shares),
        "new": len(new_nodes),
        "commonest": 100 * np.bincount(new_nodes).max() / len(new_nodes),
        "points": points[:, :2],
        "nodes": nodes,
        "shares": 100 * shares,
        "uncentred": 100 * uncentred**2 / np.sum(uncentred**2),
        "same_as_eigenvalues": np.allclose(variances / variances.sum(), shares),
        "explained": 100 * explained(states, nodes),
        "one_node": one_node(states, nodes).sum(),
        "pairs": one_node(states, nodes).size,
        "distances": np.linalg.norm(means[:, None] - means, axis=2),
        "trained": 100 * np.vstack([first, record["trained"]]),
        "untrained": 100 * record["untrained"],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    trained, untrained = v["trained"][:, 1:], v["untrained"][:, 1]
    others = v["distances"][np.triu_indices(6, 1)]
    return {
        "about": ("Each unit is about the node", v["explained"].min() > 85),
        "groups": ("The nodes are separate groups", np.all(trained == 100)),
        "above": ("the untrained networks are well above that",
                  untrained.min() > v["commonest"] + 10),
        "rest": ("Training does the rest", untrained.max() < trained.min()),
        "apart": ("the smallest of all pairs of nodes, but clearly not zero",
                  1 < v["distances"][1][3] == others.min()),
    }


def figures(values):
    """Return the figures of data: {name: svg}."""
    from snippets.recording import drawing  # a download needs none
    points = [(x, y, n) for (x, y), n in zip(values["points"], values["nodes"])]
    return {"nodes": drawing.scatter(
        points, "first direction", "second direction",
        "States after many prefixes, in two dimensions",
        "Each state is drawn as the digit of its node. Equal digits lie close "
        "together, in six groups.")}


def main():
    """Print the output that the page shows."""
    v = values()
    print("shares in percent:", *(f"{share:.1f}" for share in v["shares"]))
    print("the same as eigenvalues:", v["same_as_eigenvalues"])


if __name__ == "__main__":
    main()
