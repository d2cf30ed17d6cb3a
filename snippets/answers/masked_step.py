"""Answers: what a recurrent layer does at a masked step.

Run `python -m snippets.answers.masked_step` for the output of the page.
"""

# --8<-- [start:program]
import keras
import numpy as np

adder = keras.layers.SimpleRNN(                 # its state is the sum so far
    1, activation="linear", kernel_initializer="ones",
    recurrent_initializer="ones", return_sequences=True)
both = keras.layers.Bidirectional(adder)        # with two copies of it

x = np.array([[[1.0], [2.0], [3.0]]])           # (N, T, m) = (1, 3, 1)
mask = np.array([[True, False, True]])          # (N, T): skip the 2

one_way = np.array(adder(x, mask=mask))         # (N, T, u) = (1, 3, 1)
two_ways = np.array(both(x, mask=mask))         # (N, T, 2u) = (1, 3, 2)
# --8<-- [end:program]


def skipped(x):
    """Return which steps of x (N, T, m) Masking() skips, as (N, T)."""
    return ~np.array(keras.layers.Masking().compute_mask(x))


def values():
    """Return the values that the page quotes, by name."""
    return {
        "one_way": one_way.ravel(),
        "forwards": two_ways[0, :, 0],
        "backwards": two_ways[0, :, 1],
        "zero_skipped": skipped(np.array([[[5.0], [0.0], [7.0]]]))[0],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"real_zero": ("real row of zeros is skipped",
                          v["zero_skipped"].tolist() == [False, True, False])}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    for name in ("one_way", "forwards", "backwards"):
        print(f"{name.replace('_', ' '):10}", *(f"{h:z.0f}" for h in v[name]))


if __name__ == "__main__":
    main()
