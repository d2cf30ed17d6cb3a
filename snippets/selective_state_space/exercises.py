"""A selective state space: the answers to the exercises.

Run `python -m snippets.selective_state_space.exercises`.
"""

import numpy as np

from snippets.selective_state_space import miniature as s


def values():
    """Return the values that the page quotes, by name."""
    asleep, awake = np.log1p(np.exp(np.array([-6, 6]) + s.b_delta[0]))
    half = np.log(2)                                     # e to minus it: 1/2
    return {
        "asleep": asleep, "asleep_share": np.exp(asleep * s.A[0]),
        "awake": awake, "awake_share": np.exp(awake * s.A[0]),
        "half": half, "quarter": np.exp(half * s.A[0, 1]),
        "half_x": np.log(np.expm1(half)) - s.b_delta[0],
    }


def main():
    """Print each value behind its name."""
    for name, numbers in values().items():
        print(f"{name:14}", *(f"{n:z.4f}" for n in np.ravel(numbers)))


if __name__ == "__main__":
    main()
