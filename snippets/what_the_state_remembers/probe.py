"""What the state remembers: probes, a control, and units switched off.

Run `python -m snippets.what_the_state_remembers.probe` for what they find.
Source: G. Alain and Y. Bengio, Understanding intermediate layers using linear
classifier probes (2016).
"""

import math

import numpy as np

from snippets.recording.measured import measured
from snippets.what_the_state_remembers.stack import (
    inner_strings, run, stack_weights, twins,
)

STEPS = [1, 3, 5, 8, 11, 15]
ABOVE = 0.6                                          # a share that looks good
COIN = 15, 20                                        # right, of


# --8<-- [start:probe]
def probe(seen, labels, new):
    """Return what a linear probe says of new (Q, k): numbers around -1 and 1.

    It is the straight line (k = 1), plane (k = 2), ... that comes nearest to
    the labels (P,), each 1 or -1, at the points seen (P, k): least squares.
    For labels (P, R) the answer is (Q, R).
    """
    A = np.column_stack([seen, np.ones(len(seen))])  # (P, k + 1)
    line = np.linalg.lstsq(A, labels, rcond=1e-9)[0]  # (k + 1,)
    return np.column_stack([new, np.ones(len(new))]) @ line  # (Q,)


def accuracy(seen, labels, new, new_labels):
    """Return the share of new points that the probe puts on the right side."""
    says = np.round(probe(seen, labels, new), 9) > 0  # (Q,) or (Q, R)
    return np.mean(says == (new_labels > 0), axis=0)
# --8<-- [end:probe]


# --8<-- [start:split]
def split(length=14, seed=0):
    """Return x and labels of half the inner strings, and of the other half."""
    inner = np.random.default_rng(seed).permutation(inner_strings(length))
    half = len(inner) // 2
    return *twins(inner[:half]), *twins(inner[half:])
# --8<-- [end:split]


# --8<-- [start:units]
def probe_units(seen, labels, new, new_labels):
    """Return accuracies (T, 2, u): each step, layer and unit, the cell alone.

    seen and new are the cells, (T, 2, N, u).
    """
    return np.array([[[
        accuracy(seen[t, k, :, [j]].T, labels, new[t, k, :, [j]].T, new_labels)
        for j in range(seen.shape[3])] for k in (0, 1)]
        for t in range(len(seen))])
# --8<-- [end:units]


def probe_layers(seen, labels, new, new_labels):
    """Return accuracies (T, 2) of probes that see all cells of a layer."""
    return np.array([[
        accuracy(seen[t, k], labels, new[t, k], new_labels) for k in (0, 1)]
        for t in range(len(seen))])


# --8<-- [start:control]
def control(seen, labels, new, new_labels, R=200, seed=0):
    """Return accuracies (2, u, R) of one step's probes with shuffled labels."""
    rng = np.random.default_rng(seed)
    labels = np.stack([rng.permutation(labels) for _ in range(R)], 1)  # (N, R)
    new_labels = np.stack([rng.permutation(new_labels) for _ in range(R)], 1)
    return np.array([[
        accuracy(seen[k, :, [j]].T, labels, new[k, :, [j]].T, new_labels)
        for j in range(seen.shape[2])] for k in (0, 1)])
# --8<-- [end:control]


def on_the_same(seen, labels, R=200, seed=0):
    """Return a probe's mean share on the points and shuffled labels it saw."""
    rng = np.random.default_rng(seed)
    labels = np.stack([rng.permutation(labels) for _ in range(R)], 1)  # (P, R)
    return np.mean(accuracy(seen, labels, seen, labels))


# --8<-- [start:coin]
def coin(right, of):
    """Return how likely a coin is right at least so often: a share."""
    ways = sum(math.comb(of, k) for k in range(right, of + 1))
    return ways / 2**of
# --8<-- [end:coin]


def interval(right, of):
    """Return the 95 % interval of a share, in percent, by Wilson."""
    share, z2 = right / of, 1.96**2
    middle = share + z2 / (2 * of)
    half = np.sqrt(z2 * (share * (1 - share) + z2 / (4 * of)) / of)
    return 100 * (middle + np.array([-half, half])) / (1 + z2 / of)


def values():
    """Return the values that the page quotes, by name."""
    x, labels, x_new, new_labels = split()
    weights = stack_weights()
    both, new_both = (run(x, weights)[0] for x in (x, x_new))
    cells, new_cells = both[:, :, 0], new_both[:, :, 0]  # (T, 2, N, u)
    data = cells, labels, new_cells, new_labels
    states = both[:, :, 1], labels, new_both[:, :, 1], new_labels
    all_32 = both[8].transpose(2, 0, 1, 3).reshape(len(x), 32)
    units = probe_units(*data)                       # (T, 2, u)
    layers = probe_layers(*data)                     # (T, 2)
    chance = control(cells[8], labels, new_cells[8], new_labels)
    chance = chance.reshape(-1, chance.shape[2])     # (2u, R)
    limit = np.quantile(chance.max(axis=0), 0.95)
    lowest = units[1:].min(axis=0)                   # (2, u)
    return {
        "steps": len(STEPS), "numbers": all_32.shape[1],
        "shuffles": len(chance[0]),
        "handed_up": (units[15, 1] > 0.95).sum(),
        "seen": len(x),
        "new": len(x_new),
        "units": units.transpose(1, 2, 0)[..., STEPS],
        "lowest": lowest,
        "carrier": np.array(np.unravel_index(lowest.argmax(), lowest.shape)),
        "layers": layers.T,
        "layers_percent": 100 * layers.T,
        "layers_lowest": 100 * layers[1:].min(axis=0),
        "chance_mean": chance.mean(),
        "chance_largest": chance.max(),
        "chance_limit_low": ABOVE,
        "chance_above": (chance > ABOVE).sum(axis=0).mean(),
        "chance_limit": limit,
        "above": (units[8] > ABOVE).sum(),
        "nothing": (units[8] <= limit).sum(),
        "all": units[8].size,
        "state_lowest": probe_units(*states)[1:, 0, 1].min(),
        "same_strings": 100 * on_the_same(all_32, labels),
        "coin": np.array(COIN), "coin_percent": 100 * coin(*COIN),
        "coins_percent": 100 * (1 - (1 - coin(*COIN)) ** units[8].size),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    lowest = np.sort(v["lowest"], axis=None)
    return {
        "carrier_only": ("One row is full from the first step to the last",
                         lowest[-1] == 1 > lowest[-2]),
        "first_step": ("At step 1 every unit is perfect",
                       np.all(v["units"][..., 0] == 1)),
    }


def figures(values):
    """Return the figures of data: {name: svg}."""
    from snippets.recording import drawing  # a download needs none
    untrained = measured("what_the_state_remembers.seeds")["untrained"][0]
    rows = {f"{k + 1}·{j}": (f"what_the_state_remembers.probe.units[{k}][{j}]",
                             values["units"][k][j])
            for k in (0, 1) for j in range(8)}
    layers = 100 * values["layers"][:, 1:]
    return {
        "units": drawing.heat_map(
            rows, [f"t = {t}" for t in STEPS],
            "What a probe of each cell alone gets right, step by step",
            "Sixteen rows, one per unit, and six columns, one per step. At step "
            "1 all units have 1.00. Later only one row keeps it; most others "
            "are near 0.50, and some rise again at the end.", low=0.5),
        "layers": drawing.curve(
            {"layer 1": layers[0], "layer 2": layers[1],
             "layer 2, untrained": 100 * untrained[1:, 1]},
            "steps after the first symbol", "% right",
            "What probes of whole layers get right",
            "Three curves over 15 steps, all from 100 percent. Layer 1 stays "
            "there. Layer 2 falls a little after the middle and is back at "
            "100 at the end. Layer 2 of the untrained network falls late.",
            top=100, low=50, below=True),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    for k in (0, 1):
        for j in range(8):
            print(f"layer {k + 1}, unit {j}",
                  *(f"{share:.2f}" for share in v["units"][k][j]))


if __name__ == "__main__":
    main()
