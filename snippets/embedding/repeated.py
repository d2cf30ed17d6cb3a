"""A word that stands twice in a batch: the first step of Adam.

Run `python -m snippets.embedding.repeated` for the output of the page.
Shapes: N samples, T steps, V rows of the table, m numbers in a row.
"""

import keras
import numpy as np

from snippets.embedding.gradient import by_row, table_gradient
from snippets.embedding.miniature import E, WORDS, k
from snippets.embedding.unused import RATE, by_keras


# --8<-- [start:by_hand]
def first_step(g, squares, epsilon=1e-7):
    """Return the first step of Adam (V, m), as optimisers.step has it."""
    a, v = 0.1 * g, 0.001 * squares            # (V, m) each
    rate = RATE * np.sqrt(0.001) / 0.1         # corrects for the start at 0
    return -rate * a / (np.sqrt(v) + epsilon)


dx, dE = table_gradient(E, k)                  # (N, T, m), (V, m)
summed_first = first_step(dE, dE**2)           # the square of the sum
squared_first = first_step(dE, by_row(k, dx**2))  # the sum of the squares
# --8<-- [end:by_hand]


def values():
    """Return the values that the page quotes, by name."""
    by_tables = by_keras(keras.optimizers.Adam(RATE), [k])
    return {
        "keras": by_tables[1] - by_tables[0],
        "summed": summed_first, "squared": squared_first,
        "squares": by_row(k, dx**2),
        "factor": squared_first[3] / summed_first[3],
        "hundred": 100 / np.sqrt(100 * 1**2),  # places with a gradient of 1
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    near = np.allclose(v["keras"], squared_first, rtol=0, atol=1e-6)
    far = np.abs(v["keras"] - summed_first).max() > 0.03
    return {"places": ("squares each place first, and adds the squares",
                       near and far)}


def main():
    """Print three versions of the first step of Adam."""
    v = values()
    print("# steps")
    print("row  word   sum, then square    squares, then sum   Keras")
    rows = zip(WORDS, v["summed"], v["squared"], v["keras"])
    for row, (word, *steps) in enumerate(rows):
        print(f"{row:3}  {word:5}", "   ".join(
            " ".join(f"{n:z8.4f}" for n in step) for step in steps))


if __name__ == "__main__":
    main()
