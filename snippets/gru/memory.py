"""Part E, how long the trained GRU remembers when no further mark comes.

Run `python -m snippets.gru.memory` for the output that the page shows.
"""

import numpy as np

from snippets.gru.trained import by_hand
from snippets.lstm.model import make_data


# --8<-- [start:one_mark]
def one_mark(N=200, T=41, seed=3):
    """Return x (N, T, 3) with a mark at step 0 only, and the signs to keep."""
    rng = np.random.default_rng(seed)
    x = rng.choice([-1.0, 1.0], size=(N, T, 3))   # random signs at each step
    x[:, :, 2] = 0                                # no marks
    x[:, 0, 2] = 1                                # but the first
    return x, x[:, :1, :2] > 0                    # (N, T, 3), (N, 1, 2)


def wrong_answers(x, kept):
    """Return how many of the 2N answers are wrong after 0, 1, ... steps."""
    y = by_hand(x)[4]                             # (N, T, m')
    return np.sum((y > 0.5) != kept, axis=(0, 2))  # (T,)
# --8<-- [end:one_mark]


def values():
    """Return the values that the page quotes, by name."""
    x, kept = one_mark()
    return {"sequences": len(x), "answers": kept.size, "guessed": kept.size // 2,
            "wrong": wrong_answers(x, kept)}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    length = make_data()[0].shape[1]              # T of the training data
    return {"none_wrong": ("no answer is wrong",
                           bool(np.all(v["wrong"][:length] == 0)))}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# memory")
    print("steps since the mark   wrong answers of", v["answers"])
    for distance in (5, 7, 10, 15, 20, 30, 40):
        print(f"{distance:20}   {v['wrong'][distance]:13}")


if __name__ == "__main__":
    main()
