"""Answers: what unit_forget_bias does, and what it leaves to others.

Run `python -m snippets.answers.forget_bias` for its output.
"""

# --8<-- [start:program]
import keras

def new_bias(**options):
    """Return the bias (4u,) of a new LSTM of two units: i, f, c, o."""
    layer = keras.layers.LSTM(2, **options)
    layer.build((None, None, 3))
    return layer.get_weights()[2]

usual = new_bias()
without = new_bias(unit_forget_bias=False)
with_own = new_bias(bias_initializer=keras.initializers.Constant(-1))
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"usual": usual, "without": without, "with_own": with_own}


def main():
    """Print the output that the page shows."""
    print("# output")
    for name, bias in values().items():
        print(f"{name:9}", *(f"{number:z2.0f}" for number in bias))


if __name__ == "__main__":
    main()
