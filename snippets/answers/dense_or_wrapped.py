"""Answers: Dense at each step, alone and inside TimeDistributed.

Run `python -m snippets.answers.dense_or_wrapped` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

x = np.array([[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]])   # (N, T, m) = (1, 3, 2)
dense = keras.layers.Dense(1, kernel_initializer="ones")  # adds them
alone = dense(x)                                 # (N, T, 1)
wrapped = keras.layers.TimeDistributed(dense)(x)  # (N, T, 1)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"alone": np.array(alone)[0, :, 0],
            "wrapped": np.array(wrapped)[0, :, 0]}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    for name in ("alone", "wrapped"):
        print(f"{name:8}", *(f"{number:.0f}" for number in v[name]))


if __name__ == "__main__":
    main()
