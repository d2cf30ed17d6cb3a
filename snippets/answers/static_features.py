"""Answers: inputs that do not change from step to step.

Run `python -m snippets.answers.static_features` for its output.
"""

# --8<-- [start:program]
import keras
from keras import layers

series = keras.Input((10, 3))                       # (N, T, 3)
static = keras.Input((2,))                          # (N, 2)

start = layers.Dense(8, activation="tanh")(static)  # (N, u)
y = layers.GRU(8)(series, initial_state=start)      # (N, u)
at_the_start = keras.Model([series, static], y)

repeated = layers.RepeatVector(10)(static)          # (N, T, 2)
wide = layers.Concatenate()([series, repeated])     # (N, T, 5)
at_each_step = keras.Model([series, static], layers.GRU(8)(wide))
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "at_the_start": at_the_start.count_params(),
        "at_each_step": at_each_step.count_params(),
        "wide": wide.shape[-1],
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("parameters, at the start:", v["at_the_start"])
    print("parameters, at each step:", v["at_each_step"])


if __name__ == "__main__":
    main()
