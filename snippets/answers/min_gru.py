"""Answers: a recurrence without a loop.

Run `python -m snippets.answers.min_gru` for the output of the page.
Source: Feng et al. (2024), the minGRU, here with a z that keeps.
"""

# --8<-- [start:program]
import keras
import numpy as np


def without_a_loop(gru, x):
    """Return the states (N, T, u) for x (N, T, m), all steps at once."""
    W, _, b = gru.get_weights()                     # its U is 0
    a_z, _, new = np.split(x @ W + b, 3, axis=-1)   # (N, T, u): z, r, h
    z = 1 / (1 + np.exp(-a_z))                      # gates see x alone
    kept = np.cumprod(z, axis=1)                    # left of step 0
    return kept * np.cumsum((1 - z) * new / kept, axis=1)


gru = keras.layers.GRU(2, activation="linear", reset_after=False,
                       recurrent_initializer="zeros", return_sequences=True)
x = np.random.default_rng(0).normal(size=(1, 6, 3))  # (N, T, m)
same = np.allclose(gru(x), without_a_loop(gru, x), rtol=0, atol=1e-6)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"same": same, "parameters": 2 * (3 * 2 + 2),
            "gru_parameters": gru.count_params()}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("the same as the loop:", v["same"])


if __name__ == "__main__":
    main()
