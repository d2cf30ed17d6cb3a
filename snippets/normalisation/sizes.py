"""What a norm in the cell does to sizes: of states, and of derivatives.

Run `python -m snippets.normalisation.sizes` for the output of the page.
Shapes: T steps, u units.
"""

import numpy as np

from snippets.long_sequences.draws import Draws
from snippets.long_sequences.reach import norm
from snippets.recording import drawing

T, u, SEEDS = 50, 32, 10
SCALES = 0.5, 1.0, 2.0                   # of the recurrent kernel


# --8<-- [start:jacobian]
def step(x, h, U, normed, epsilon=0.001):
    """Return dh_t / dh_(t-1), (u, u), and h_t (u,), for x that is added."""
    z, u = x + h @ U, len(h)                         # (u,)
    slope = np.eye(u)                                # (u, u)
    if normed:
        size = np.sqrt(z.var() + epsilon)
        z = (z - z.mean()) / size                    # layer norm, gamma 1
        slope = (np.eye(u) - 1 / u - np.outer(z, z) / u) / size
    h = np.tanh(z)
    return (1 - h**2)[:, None] * slope @ U.T, h
# --8<-- [end:jacobian]


def sizes(scale, normed, seed):
    """Return the size of h_t after each step, and log10 of dh_T / dh_(T-k).

    The input is noise of the size 0.3, U is random; both (T,).
    """
    rng = Draws(seed)
    U = scale * rng.normal((u, u)) / np.sqrt(u)      # keeps sizes, if 1
    h, states, steps = np.zeros(u), [], []
    for x in 0.3 * rng.normal((T, u)):
        J, h = step(x, h, U, normed)
        states.append(np.sqrt(np.mean(h**2)))
        steps.append(J)
    product, logs = np.eye(u), []
    for J in reversed(steps):
        product = product @ J                        # one step further back
        logs.append(np.log10(norm(product)))
    return np.array(states), np.array(logs)


def values():
    """Return the values that the page quotes, by name."""
    v = {}
    for normed in (False, True):
        found = np.array([[sizes(scale, normed, seed)
                           for seed in range(SEEDS)] for scale in SCALES])
        key = "normed" if normed else "plain"
        v[f"{key}_state"] = found[:, :, 0, -1].mean(1)       # (scales,)
        v[f"{key}_logs"] = found[:, :, 1]                    # (3, SEEDS, T)
        v[f"{key}_far"] = np.median(found[:, :, 1, -1], axis=1)
    return v | {"scales": np.array(SCALES)}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    plain, normed = v["plain_state"], v["normed_state"]
    return {
        "states": ("hardly depends on the scale any more",
                   normed.max() < 1.05 * normed.min()
                   and plain.max() > 2 * plain.min()),
        "narrower": ("closer together, but not equal",
                     2 < np.ptp(v["normed_far"])
                     < 0.5 * np.ptp(v["plain_far"])),
    }


def figures(v):
    """Return the norms of dh_T / dh_(T-k), without the norm and with it."""
    found = {}
    back = np.arange(1, T + 1)[::7]
    for key, words in ("plain", "without a norm"), ("normed", "with one"):
        lines = {f"U × {scale:g}": (a.min(0), np.median(a, 0), a.max(0))
                 for scale, a in zip(SCALES, v[f"{key}_logs"][..., ::7])}
        found[key] = drawing.ladder(
            lines, back, "steps back", "norm of the derivative",
            f"How a derivative changes from step to step back, {words}",
            "Three curves on a scale of powers of ten, one for each scale of "
            "the recurrent kernel, 0.5, 1 and 2, from the lowest to the "
            "highest. With a norm in the cell they lie much closer together "
            "than without.", -16, 4)
    return found


def main():
    """Print the sizes with and without a norm, for three scales of U."""
    v = values()
    print("# sizes")
    print("scale of U".ljust(34), "".join(f"{s:8.1f}" for s in v["scales"]))
    for key, words in ("plain", "without a norm"), ("normed", "with one"):
        print(f"size of the state, {words}".ljust(34), "".join(
            f"{a:8.2f}" for a in v[f"{key}_state"]))
        print(f"power of ten, {words}".ljust(34), "".join(
            f"{a:8.1f}" for a in v[f"{key}_far"]))


if __name__ == "__main__":
    main()
