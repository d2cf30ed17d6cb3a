"""Part C, probes: what can be read from the states of each layer.

Run `python -m snippets.stacked_rnn.probe` for the numbers of its table.
Shapes: N sequences of T steps, and u units in the layer.
"""

import numpy as np

from snippets.stacked_rnn.by_hand import layer_by_layer, layers
from snippets.stacked_rnn.model import make_data


# --8<-- [start:probe]
def with_bias(h):
    """Return h (N, T, u) as rows (N T, u + 1), each with a 1 at its end."""
    h = h.reshape(-1, h.shape[-1])                    # (N T, u)
    return np.column_stack([h, np.ones(len(h))])


def probe(h, target, h_new, target_new):
    """Fit a weighted sum of h (N, T, u); count its right answers on h_new.

    The targets (N, T) are 0 or 1; those of h_new are only counted.
    """
    weights = np.linalg.lstsq(with_bias(h), target.ravel(), rcond=None)[0]
    answer = with_bias(h_new) @ weights > 0.5         # (N T,)
    return np.sum(answer == (target_new.ravel() > 0.5))
# --8<-- [end:probe]


SUMS = 20_000                                         # drawn at random


def search(h, target, h_new, target_new):
    """Count the right answers on h_new of the best of SUMS weighted sums.

    The best is the one with the most right answers on h; least squares does
    not look for that. Shapes as in probe().
    """
    rng = np.random.default_rng(0)
    rows, most, best = with_bias(h), -1, None         # (N T, u + 1)
    for weights in rng.normal(size=(SUMS, rows.shape[1])):
        right = np.sum((rows @ weights > 0) == (target.ravel() > 0.5))
        if right > most:
            most, best = right, weights
    answer = with_bias(h_new) @ best > 0              # (N T,)
    return np.sum(answer == (target_new.ravel() > 0.5))


def by_step(target, target_new):
    """Answer at each step what was more often true there in target (N, T)."""
    answer = np.mean(target, axis=0) > 0.5            # (T,)
    return np.sum(answer == (target_new > 0.5))


def values():
    """Return the values that the page quotes, by name."""
    x, y = make_data()                                # what it was trained on
    x_new, y_new = make_data(N=1000, T=6, seed=1)     # new to it
    odd, odd_new = y[..., 1], y_new[..., 1]           # (N, 6) each
    h1, h2 = layer_by_layer(x, layers)
    h1_new, h2_new = layer_by_layer(x_new, layers)
    from_step, from_2 = by_step(odd, odd_new), probe(h2, odd, h2_new, odd_new)
    return {
        "steps": odd_new.size,
        "fell_from_sign": np.sum((h1_new[..., 3] < 0) == (y_new[..., 0] == 1)),
        "always_no": np.sum(odd_new == 0),
        "from_step": from_step,
        "from_1": probe(h1, odd, h1_new, odd_new),
        "from_1_search": search(h1, odd, h1_new, odd_new),
        "from_2": from_2,
        "gain": from_2 - from_step,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "no_gain": ("gain next to nothing over an answer that knows only the "
                    "step", max(v["from_1"], v["from_1_search"])
                    < v["from_step"] + 0.02 * v["steps"]),
    }


def main():
    """Print the right answers, which the page has in a table."""
    for name, count in values().items():
        print(f"{name:14} {count}")


if __name__ == "__main__":
    main()
