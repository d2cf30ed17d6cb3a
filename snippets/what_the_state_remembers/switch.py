"""What the state remembers: units switched off, and units exchanged.

Run `python -m snippets.what_the_state_remembers.switch` for the answers.
"""

import numpy as np

from snippets.reber.strings import SYMBOLS, legal
from snippets.what_the_state_remembers.probe import split
from snippets.what_the_state_remembers.stack import run, stack_weights


HARMLESS = 0.98                                      # shares above it


# --8<-- [start:answers]
def kept(scores, labels):
    """Return the share of strings whose second T or P is predicted rightly.

    Of the two symbols the one with the higher score counts.
    """
    T, P = SYMBOLS.index("T"), SYMBOLS.index("P")
    return np.mean(np.sign(scores[:, -1, T] - scores[:, -1, P]) == labels)


def inner_legal(x, scores):
    """Return the share of legal predictions inside the inner strings."""
    right = []
    for sequence, rows in zip(x, scores):
        inner = "".join(SYMBOLS[k] for k in sequence[2:].argmax(axis=1))
        best = rows[2:-1].argmax(axis=1)             # (L - 1,): not the end's
        right.append(legal(inner)[np.arange(len(best)), best])
    return np.mean(right)
# --8<-- [end:answers]


# --8<-- [start:off]
def switch_off(x, weights, units, means):
    """Return the scores (N, T, 7) with units held at their means at each step.

    units are pairs (layer, unit); means (T, 2, 2, u) are those of the cells
    and states over many strings.
    """
    def hold(t, k, cell, state):
        for layer, unit in units:
            if layer == k:
                cell[:, unit], state[:, unit] = means[t, k, :, unit]
    return run(x, weights, hold)[1]
# --8<-- [end:off]


# --8<-- [start:exchange]
def exchange(x, weights, layer, unit, step):
    """Return the scores with a unit exchanged between twins, at one step."""
    twin = np.arange(len(x)) ^ 1                     # 1, 0, 3, 2, 5, 4, ...

    def swap(t, k, cell, state):
        if (t, k) == (step, layer):
            cell[:, unit], state[:, unit] = cell[twin, unit], state[twin, unit]
    return run(x, weights, swap)[1]
# --8<-- [end:exchange]


def values():
    """Return the values that the page quotes, by name."""
    x, _, x_new, labels = split()
    weights = stack_weights()
    means = run(x, weights)[0].mean(axis=3)          # (T, 2, 2, u)
    _, scores = run(x_new, weights)
    units = [(k, j) for k in (0, 1) for j in range(8)]
    off = [switch_off(x_new, weights, [unit], means) for unit in units]
    zero = [switch_off(x_new, weights, [unit], 0 * means) for unit in units]
    swapped = [exchange(x_new, weights, k, j, 8) for k, j in units]
    harmless = [unit for unit, s in zip(units, off)
                if min(kept(s, labels), inner_legal(x_new, s)) > HARMLESS]
    together = switch_off(x_new, weights, harmless, means)

    def table(share):
        return 100 * np.reshape(share, (2, 8))
    return {
        "limit": 100 * HARMLESS,
        "kept": 100 * kept(scores, labels),
        "legal": 100 * inner_legal(x_new, scores),
        "off": table([kept(s, labels) for s in off]),
        "off_legal": table([inner_legal(x_new, s) for s in off]),
        "harmless": len(harmless),
        "together": 100 * kept(together, labels),
        "together_legal": 100 * inner_legal(x_new, together),
        "zero": table([kept(s, labels) for s in zero]),
        "exchanged": table([kept(s, labels) for s in swapped]),
        "exchanged_at": 100 * np.array([
            kept(exchange(x_new, weights, 0, 1, t), labels)
            for t in range(x_new.shape[1])]),
        "exchanged_legal": table([inner_legal(x_new, s) for s in swapped]),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "unheard": ("Exchanging it there changes nothing",
                    v["exchanged"][0][6] == v["exchanged_legal"][0][6] == 100),
        "needed": ("without units 3 and 4 inner predictions go wrong",
                   max(v["off_legal"][0][[3, 4]]) < 95),
        "turned": ("At steps 1 to 13", np.array_equal(
            np.flatnonzero(v["exchanged_at"] < 50), np.arange(1, 14))),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    for k in (0, 1):
        for j in range(8):
            print(f"layer {k + 1}, unit {j}", *(f"{v[name][k][j]:z5.1f}" for name
                                                in ("off", "exchanged")))


if __name__ == "__main__":
    main()
