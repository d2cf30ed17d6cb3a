"""What the state remembers: what the lab shows at first, and after changes.

Run `python -m snippets.what_the_state_remembers.lab` for the exchange.
"""

import numpy as np

from snippets.reber.strings import SYMBOLS
from snippets.rnn_in_action.generate import softmax
from snippets.what_the_state_remembers.nodes import changed, node_labels
from snippets.what_the_state_remembers.pca import KNOWN, pca, prefixes
from snippets.what_the_state_remembers.probe import probe
from snippets.what_the_state_remembers.reader import draw, trained_weights

A, B, STEP = "BTXXVVE", "BTSSXSE", 2
LOW, HIGH = (-2, -2), (2.4, 2)                       # of the drawn plane
LONGEST, TRIED = 16, 50                              # symbols, and changes


def random_changes(count=TRIED):
    """Return what readers could set: two strings, then numbers.

    These are: units off, as the digits of a binary number; whether off means
    0, not the mean; -2 for no exchange, -1 for all units, or one; its step;
    the step that is looked at.
    """
    rng, cases = np.random.default_rng(0), []
    for n in range(count):
        two = draw(2, 100 + n)
        if n % 2:                                    # not of the grammar
            two = ["".join(rng.choice(list(SYMBOLS), k))
                   for k in rng.integers(1, LONGEST + 1, 2)]
        a, b = (string[:LONGEST] for string in two)
        step, shown = rng.integers([min(len(a), len(b)), len(a)])
        bits = rng.integers(256) & rng.integers(256)
        cases.append((a, b, int(bits), int(rng.integers(2)),
                      int(rng.integers(-2, 8)), int(step), int(shown)))
    return cases


def tried(weights, states, slopes, shifts, directions):
    """Return what the lab must show after random changes."""
    mean, rows = states.mean(axis=0), []
    for a, b, bits, zero, which, step, shown in random_changes():
        units = {-2: [], -1: range(8)}.get(which, [which])
        off = [j for j in range(8) if bits >> j & 1]
        other, _ = changed(b, weights)
        h, s = changed(a, weights, other, units, step, off,
                       0 * mean if zero else mean)
        h = h[shown]                                 # (u,)
        rows.append([*h, *softmax(s[shown]), *(h @ slopes + shifts),
                     *(directions @ (h - mean))])
    return np.array(rows)                            # (50, 8 + 7 + 6 + 2)


def values():
    """Return the values that the page quotes, by name."""
    weights = trained_weights()
    states, nodes = prefixes(draw(KNOWN, 1), weights)
    mean, directions = states.mean(axis=0), pca(states)[1][:2]
    labels = node_labels(nodes)
    shifts = probe(states, labels, np.zeros((1, 8)))[0]       # (6,)
    slopes = probe(states, labels, np.eye(8)) - shifts        # (u, 6)
    v = {"mean": mean, "directions": directions, "slopes": slopes,
         "shifts": shifts}
    for name, string in ("a", A), ("b", B):
        h, s = changed(string, weights)
        v[f"p_{name}"] = softmax(s)                  # (T, 7)
        v[f"probes_{name}"] = h @ slopes + shifts    # (T, 6)
        v[f"plane_{name}"] = (h - mean) @ directions.T  # (T, 2)
    _, s = changed(A, weights, h, range(8), STEP)    # on with the state of B
    return v | {
        "exchanged": softmax(s),                     # (T, 7)
        "tried": tried(weights, states, slopes, shifts, directions),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    T, S, X, V = (SYMBOLS.index(symbol) for symbol in "TSXV")
    best = [set(p[STEP + 1].argsort()[-2:]) for p in (v["p_a"], v["exchanged"])]
    return {
        "later": ("Only a step later it shows", bool(
            np.abs(v["exchanged"][STEP] - v["p_a"][STEP]).max() < 0.05
            and best == [{T, V}, {S, X}])),
    }


def way(axes, name, string, places, last):
    """Draw the way of a string: a line, and its symbols, one above all."""
    axes.body.append(f'  <g class="lab-{name}">')
    axes.line("wire", places)
    for t in [t for t in range(len(string)) if t != last] + [last]:
        x, y = places[t]
        now = " lab-now" if t == last else ""
        shape = (f'circle cx="{x:.1f}" cy="{y:.1f}" r="8"' if name == "a" else
                 f'rect x="{x - 7:.1f}" y="{y - 7:.1f}" width="14" height="14"')
        axes.body.append(f'  <{shape} class="node{now}"/>')
        axes.text(f"note{now}", x, y + 4.6, string[t])
    axes.body.append("  </g>")


def figures(values):
    """Return the figures of data: {name: svg}."""
    from snippets.recording import drawing  # a download needs none
    states, nodes = prefixes(draw(KNOWN, 1), trained_weights())
    unit = (drawing.RIGHT - drawing.LEFT) / (HIGH[0] - LOW[0])
    axes = drawing.Axes(LOW, HIGH, 290, 290 - unit * (HIGH[1] - LOW[1]))
    axes.frame()
    for tick in range(-1, 3):
        axes.below(axes.at(tick, 0)[0], f"{tick}".replace("-", "−"))
    for tick in range(-1, 2):
        axes.level(tick, f"{tick}".replace("-", "−"), end=drawing.LEFT + 6)
    axes.body.append('  <g class="lab-marks">')
    points = pca(states)[0][:, :2]                   # (P, 2)
    for node in range(1, 7):
        x, y = axes.at(*points[nodes == node].mean(axis=0))
        axes.text(f"mark mark-{node}", x, y + 12, node)
    axes.body.append("  </g>")
    for name, string in ("b", B), ("a", A):
        places = [axes.at(x, y) for x, y in values[f"plane_{name}"]]
        way(axes, name, string, places, STEP)
    return {"plane": axes.svg(
        "first direction", "second direction",
        "The ways of two strings through the plane of PCA",
        "A digit stands at the mean of its node. Letters in circles, joined by "
        "a solid line, are the symbols of A; letters in squares, joined by a "
        "dashed line, those of B.")}


def main():
    """Print what is predicted with the state of B."""
    v = values()
    for t in (STEP, STEP + 1):
        for name in ("p_a", "exchanged"):
            print(f"{name:9} {t}", *(f"{p:.3f}" for p in v[name][t]))


if __name__ == "__main__":
    main()
