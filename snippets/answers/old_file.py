"""Answers: a model file of Keras 2 that names an option Keras 3 lacks.

Run `python -m snippets.answers.old_file` for the output of the page.
"""

import re

# --8<-- [start:program]
import keras


class OldGRU(keras.layers.GRU):
    """A GRU that takes what files of Keras 2 say of it."""

    def __init__(self, *arguments, time_major=False, **options):
        if time_major:
            raise ValueError("time_major=True: exchange the first two axes")
        super().__init__(*arguments, **options)


def load(path):
    """Return the model of an old .h5 file, for use, not for training on."""
    return keras.models.load_model(path, custom_objects={"GRU": OldGRU},
                                   compile=False)
# --8<-- [end:program]


def message(layer):
    """Return what a layer class says to the settings of an old file."""
    try:
        layer.from_config({**layer(2).get_config(), "time_major": False})
    except ValueError as error:
        return re.findall("Unrecognized keyword.*", str(error))[0]
    return "no error"


def values():
    """Return whether each class refuses the settings."""
    return {"refused": message(keras.layers.GRU) != "no error",
            "old_refused": message(OldGRU) != "no error"}


def main():
    """Print the output that the page shows."""
    values()
    print("# output")
    for layer in (keras.layers.GRU, OldGRU):
        print(f"{layer.__name__:6}  {message(layer)}")


if __name__ == "__main__":
    main()
