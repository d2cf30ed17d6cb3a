"""What the state remembers: the same questions to five trained stacks.

Run `python -m snippets.what_the_state_remembers.seeds` for the table.
"""

import numpy as np

from snippets.recording.measured import measured
from snippets.what_the_state_remembers.probe import (
    interval, probe_layers, probe_units, split,
)
from snippets.what_the_state_remembers.reader import train_reader
from snippets.what_the_state_remembers.stack import (
    run, stack_weights, train_stack, two_layers,
)
from snippets.what_the_state_remembers.switch import exchange, kept


def ask(weights):
    """Return what a stack keeps, its units' lowest probes, and exchanges.

    The first is a share; the others are (2, u), shares too.
    """
    x, labels, x_new, new_labels = split()
    cells, new_cells = (run(x, weights)[0][:, :, 0] for x in (x, x_new))
    units = probe_units(cells, labels, new_cells, new_labels)  # (T, 2, u)
    swapped = [[kept(exchange(x_new, weights, k, j, 8), new_labels)
                for j in range(8)] for k in (0, 1)]
    return (kept(run(x_new, weights)[1], new_labels), units[1:].min(axis=0),
            np.array(swapped))


def measure():
    """Train four more stacks and ask them; probe five untrained ones."""
    record = {"kept": [], "lowest": [], "exchanged": [], "untrained": []}
    for seed in (2, 3, 4, 5):
        answers = ask([np.round(w, 2) for w in train_stack(seed)])
        for name, answer in zip(record, answers):
            record[name].append(np.round(answer, 3))
    x, labels, x_new, new_labels = split()
    for seed in (1, 2, 3, 4, 5):
        weights = train_reader(two_layers, ["BTXSE"], epochs=0, seed=seed)
        cells, new_cells = (run(x, weights)[0][:, :, 0] for x in (x, x_new))
        layers = probe_layers(cells, labels, new_cells, new_labels)  # (T, 2)
        record["untrained"].append(np.round(layers, 3))
    return record


def values():
    """Return the values that the page quotes, by name; row 0 is seed 1."""
    record = measured("what_the_state_remembers.seeds")
    first = ask(stack_weights())
    found, lowest, exchanged = (
        np.concatenate([np.round([answer], 3), record[name]])
        for answer, name in zip(first, ("kept", "lowest", "exchanged")))
    flips = exchanged < 0.5                          # (5, 2, u)
    flat = exchanged.reshape(5, -1)                  # (5, 2u)
    carriers = flat.argmin(axis=1)                   # (5,)
    single = np.sum(flips.sum(axis=(1, 2)) == 1)
    return {
        "trainings": len(found), "untrained_count": len(record["untrained"]),
        "single": single, "single_interval": interval(single, len(found)),
        "kept": 100 * found,
        "flips": flips.sum(axis=(1, 2)),
        "flips_2": flips[:, 1].sum(axis=1),
        "layer": carriers // 8 + 1,
        "unit": carriers % 8,
        "exchanged": 100 * flat.min(axis=1),
        "lowest": 100 * lowest.reshape(5, -1)[range(5), carriers],
        "untrained_first": 100 * record["untrained"][0],
        "untrained": 100 * record["untrained"][:, -1],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"single_each": ("Each of the five networks has one carrier",
                            np.all(v["flips"] == 1))}


def main():
    """Print the output that the page shows."""
    v = values()
    print("seed  kept  layer  unit  exchanged")
    for s in range(5):
        print(f"{s + 1:4}  {v['kept'][s]:z4.0f}  {v['layer'][s]:5}"
              f"  {v['unit'][s]:4}  {v['exchanged'][s]:z9.0f}")


if __name__ == "__main__":
    main()
