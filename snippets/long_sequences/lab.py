"""Long sequences: what the laboratory of the page computes, for one layer.

Run `python -m snippets.long_sequences.lab` for the numbers of its first state.
A gradient of length 1, the same for each unit, sets out at the last step. It
goes back through the equations of the layer; so does one from each unit alone.
"""

import numpy as np

from snippets.long_sequences.norms import T
from snippets.long_sequences.reach import norm
from snippets.long_sequences.way_back import BACK, GATES, layer, states, u
from snippets.recording import drawing

FIRST = ("LSTM", False, 0, 1.0, 1.0, T)    # what the laboratory begins with
WINDOW = 20                                # steps of truncation, at first
SHOWN = np.array([1, 11, 21, 41, 61])      # steps back, in its table
STATES = 50                                # random ones, for its test


def cosine(a, b):
    """Return the cosine of the angle between a and b: 1 is one direction."""
    return np.sum(a * b) / np.sqrt(np.sum(a * a) * np.sum(b * b))


def measured(kind, *setting):
    """Return four numbers for k = 1, ..., T steps back, (4, T).

    log10 of the norm of dh_T/dh_(T-k); the cosine between the gradient that
    arrives there and that a step later; of the gradient of U from the last k
    steps, log10 of its length and the cosine to that from all T + 1 steps.
    """
    x, weights = layer(kind, *setting)
    dh = np.vstack([np.eye(u), np.full((1, u), u**-0.5)])  # (u + 1, u)
    dc, dU, found = np.zeros_like(dh), 0, []
    for x_t, (h, c) in reversed([*zip(x, states(kind, x, *weights))]):
        dz, before, dc = BACK[kind](x_t, h, c, weights, dh, dc)
        dU = dU + np.outer(h, dz[-1])                  # (u, gates u)
        found.append((norm(before[:u]), cosine(before[-1], dh[-1]), dU))
        dh = before
    norms, turned, windows = zip(*found[:-1])          # not before step 0
    return np.array([np.log10(norms), turned,
                     np.log10([np.linalg.norm(dU) for dU in windows]),
                     [cosine(dU, windows[-1]) for dU in windows]])


def random_settings():
    """Return settings of the laboratory, drawn at random."""
    rng = np.random.default_rng(0)
    return [(str(rng.choice([*GATES])), bool(rng.integers(2)),
             int(rng.integers(10_000)), round(rng.uniform(0.1, 1.4), 2),
             round(rng.uniform(-2, 6), 1), int(rng.integers(6, 82)))
            for _ in range(STATES)]


def values():
    """Return the numbers of the first state, and of the random ones."""
    first = measured(*FIRST)                           # (4, T)
    opened = measured("LSTM", False, 0, 1.0, 5.0, T)
    turned = measured("SimpleRNN", False, 0, 1.0, 0.0, T)
    large = measured("SimpleRNN", False, 0, 2.0, 0.0, T)
    return {
        "kept": first[3, WINDOW - 1], "kept_open": opened[3, WINDOW - 1],
        "straight": first[1, 1:].min(), "turning": np.abs(turned[1]).max(),
        "large_log": large[0, -1], "large_share": 10 ** -large[2, WINDOW - 1],
        "first": first, "shown": SHOWN, "table": first[:, SHOWN - 1],
        "settings": np.array([[[*GATES].index(kind), *rest]
                              for kind, *rest in random_settings()]),
        "random": np.array([(rows := measured(*setting))[
            :, [0, rows.shape[1] // 2, rows.shape[1] - 1]]
            for setting in random_settings()]),        # (STATES, 4, 3)
    }


def figures(values):
    """Return the two cosines of the first state against the steps back."""
    _, turned, _, kept = values["first"]
    return {"directions": drawing.curve(
        {"step to step": turned, "window to all": kept},
        "steps back", "cosine", "Directions of gradients on the way back",
        "Both rise to nearly 1 within a few steps.", 1, low=-1,
        below=True)}


def main():
    """Print the numbers of the first state."""
    v = values()
    print("back   norm 10^   turned   length 10^   window")
    for k, row in zip(v["shown"], v["table"].T):
        print(f"{k:4}", *(f"{number:10.4f}" for number in row))


if __name__ == "__main__":
    main()
