"""Answers: return_sequences on a layer that adds its inputs.

Run `python -m snippets.answers.return_sequences` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

def adder(**options):
    """Return a SimpleRNN of one unit whose state is a sum."""
    return keras.layers.SimpleRNN(
        1, activation="linear", kernel_initializer="ones",
        recurrent_initializer="ones", **options)

x = np.array([[[1.0], [2.0], [3.0]]])            # (N, T, m) = (1, 3, 1)
last = adder()(x)                                # (N, u) = (1, 1)
every = adder(return_sequences=True)(x)          # (N, T, u) = (1, 3, 1)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"last": np.array(last)[0], "every": np.array(every)[0, :, 0]}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    for name in ("last", "every"):
        print(f"{name:6}", *(f"{number:.0f}" for number in v[name]))


if __name__ == "__main__":
    main()
