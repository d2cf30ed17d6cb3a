"""Why the loop has no batch statistics: each step has its own.

Run `python -m snippets.normalisation.per_step` for the output of the page.
Shapes: N samples, T steps, u units.
"""

import numpy as np

from snippets.long_sequences.draws import Draws
from snippets.rnn_in_action.model import make_strings

N, u, SCALE = 256, 32, 1.5
AT = [0, 1, 2, 5, 10, 20]                        # steps that are printed


# --8<-- [start:spread]
def spread(T):
    """Return the standard deviation of the sums over a batch, (T,).

    The root of the mean over u units of the variance over N samples.
    """
    rng = Draws(0)
    U = SCALE * rng.normal((u, u)) / np.sqrt(u)  # (u, u)
    h, found = np.zeros((N, u)), []
    for _ in range(T):
        z = 0.3 * rng.normal((N, u)) + h @ U     # (N, u)
        found.append(np.sqrt(z.var(axis=0).mean()))
        h = np.tanh(z)
    return np.array(found)
# --8<-- [end:spread]


def values():
    """Return the values that the page quotes, by name."""
    found = spread(max(AT) + 1)
    lengths = np.array([len(string) for string in make_strings()[0]])
    return {"spread": found[AT], "steps": np.array(AT),
            "left": np.array([np.sum(lengths > t) for t in AT]),
            "strings": len(lengths), "ratio": found[-1] / found[0],
            "too_small": found[0] / found[-1]}


def main():
    """Print how far the sums of a step spread, and who has this step."""
    v = values()
    print("# spread")
    print("step     " + "".join(f"{t:7}" for t in AT))
    print("spread   " + "".join(f"{a:7.2f}" for a in v["spread"]))
    print("strings  " + "".join(f"{n:7}" for n in v["left"]))


if __name__ == "__main__":
    main()
