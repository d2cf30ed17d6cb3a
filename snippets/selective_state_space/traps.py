"""A selective state space: what goes wrong, and what numbers tell of it.

Run `python -m snippets.selective_state_space.traps`.
"""

import numpy as np

from snippets.layers.scan import scan
from snippets.selective_state_space import miniature as s
from snippets.selective_state_space.fixed import held


def values():
    """Return y (T,) of the miniature for each of four mistakes, by name."""
    v, delta, B, C = s.parts(s.x)
    delta, raw = delta[..., None], (s.x @ s.W_delta + s.b_delta)[..., None]
    come = v[..., None] * B[..., None, :]                # (N, T, u, d)
    made = {
        "no_softplus": (np.exp(raw * s.A), raw * come),
        "no_delta": (np.exp(delta * s.A), come),
        "positive": (np.exp(-delta * s.A), delta * come),
        "held": (np.exp(delta * s.A), held(delta, s.A) * come),
    }
    return {name: ((scan(*pair) * C[..., None, :]).sum(-1) + s.D * v)[0, :, 0]
            for name, pair in made.items()}


def main():
    """Print what each mistake gives in place of the miniature's numbers."""
    for name, numbers in values().items():
        print(f"{name:12}", *(f"{number:z8.4f}" for number in numbers))


if __name__ == "__main__":
    main()
