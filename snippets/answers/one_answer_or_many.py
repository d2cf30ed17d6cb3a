"""Answers: one answer for a sequence, one for each step, or a sequence of one.

Run `python -m snippets.answers.one_answer_or_many` for its output.
"""

# --8<-- [start:program]
import keras
from keras import layers

many_to_one = keras.Sequential([
    keras.Input((None, 3)),                  # x (N, T, 3)
    layers.GRU(4), layers.Dense(1)])         # y (N, 1)
many_to_many = keras.Sequential([
    keras.Input((None, 3)),
    layers.GRU(4, return_sequences=True),
    layers.Dense(1)])                        # y (N, T, 1)
one_to_many = keras.Sequential([
    keras.Input((3,)), layers.RepeatVector(6),   # the same row 6 times
    layers.GRU(4, return_sequences=True),
    layers.Dense(1)])                        # y (N, 6, 1)
# --8<-- [end:program]

MODELS = {"many_to_one": many_to_one, "many_to_many": many_to_many,
          "one_to_many": one_to_many}


def values():
    """Return the values that the page quotes, by name."""
    return {name: str(model.output_shape) for name, model in MODELS.items()}


def main():
    """Print the output that the page shows."""
    print("# output")
    for name, shape in values().items():
        print(f"{name:14}{shape}")


if __name__ == "__main__":
    main()
