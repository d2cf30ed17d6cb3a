"""What dropout keeps on average, and what it does to a state over time.

Run `python -m snippets.dropout.mean` for the output of the page.
Shapes: D draws of masks, T steps, u units.
"""

import numpy as np

RATE = 0.5
KEEP = 1 / (1 - RATE)                        # what a kept number is worth


linear = (KEEP * 1 + 0 * 1) / 2              # the mean over both masks
curved = (np.tanh(KEEP * 1) + np.tanh(0 * 1)) / 2
plain = np.tanh(1)


# --8<-- [start:size]
u, T, D = 16, 50, 1000
rng = np.random.default_rng(0)
U = np.linalg.qr(rng.normal(size=(u, u)))[0] * 0.95      # (u, u)
start = np.ones(u) / np.sqrt(u)                          # (u,): size 1


def sizes(kind):
    """Return the size of the state (T, D) after each step, for D masks."""
    draw = np.random.default_rng(1)
    h = np.tile(start, (D, 1))                           # (D, u)
    mask = KEEP * (draw.random((D, u)) >= RATE)          # one for all steps
    found = []
    for _ in range(T):
        if kind == "each step":
            mask = KEEP * (draw.random((D, u)) >= RATE)
        if kind == "none":
            mask = 1.0
        h = np.tanh((h * mask) @ U)                   # (D, u)
        found.append(np.linalg.norm(h, axis=1))
    return np.array(found)                               # (T, D)
# --8<-- [end:size]


KINDS = ("none", "one mask", "each step")
STEPS = np.array([1, 5, 10, 20, 50])


def values():
    """Return the values that the page quotes, by name."""
    runs = [sizes(kind) for kind in KINDS]
    at = np.array([run[STEPS - 1] for run in runs])      # (3, 5, D)
    one = KEEP ** STEPS                                  # one linear unit
    return {
        "mean": at.mean(axis=2), "spread": at.std(axis=2),
        "kept": one, "kept_mean": one / 2,
        "chances": 2 ** STEPS[2], "linear": linear, "curved": curved,
        "plain": plain, "square": 0.95**2 * KEEP**2 / 2, "fourfold": KEEP**2,
        "gentle": (1 / (1 - 0.1))**2 * (1 - 0.1),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    none, one, each = v["mean"][:, -1]
    return {
        "alive": ("With dropout it does not die out, in either way",
                  none < 0.1 and min(one, each) > 1.5),
        "wider": ("One mask for all steps spreads wider",
                  v["spread"][1][-1] > 1.4 * v["spread"][2][-1]),
    }


def main():
    """Print the mean and the spread of the size of the state."""
    v = values()
    print("# sizes")
    print("steps  no dropout   one mask          each step")
    for k, step in enumerate(STEPS):
        cells = [f"{v['mean'][n][k]:z6.3f} ({v['spread'][n][k]:z.3f})"
                 for n in (1, 2)]
        print(f"{step:4} {v['mean'][0][k]:z10.3f}    ", "   ".join(cells))


if __name__ == "__main__":
    main()
