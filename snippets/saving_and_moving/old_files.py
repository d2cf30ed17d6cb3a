"""Saving and moving: files that Keras 2 wrote, opened by Keras 3.

Run `python -m snippets.saving_and_moving.old_files` for the page's outputs.
"""

import json
import textwrap
from tempfile import TemporaryDirectory

import h5py
import keras
import numpy as np

from snippets.gru.traps import old_hard_sigmoid
from snippets.saving_and_moving.model import answer, build, off


# --8<-- [start:edit]
def edit(path, change):
    """Let a function change the settings of each layer of an .h5 file."""
    with h5py.File(path, "r+") as file:
        model = json.loads(file.attrs["model_config"])
        for layer in model["config"]["layers"]:
            change(layer["config"])
        file.attrs["model_config"] = json.dumps(model)


def mend(config):
    """Take out what Keras 3 does not know."""
    if config.pop("time_major", False):
        raise ValueError("time_major=True: exchange the first two axes")
# --8<-- [end:edit]


def age(config):
    """Put in what the Keras 2 of TensorFlow wrote of a GRU."""
    if "recurrent_activation" in config:
        config.update(time_major=False, implementation=2)


def message(function, *arguments):
    """Return the first line of the error that a call ends in."""
    try:
        function(*arguments)
    except (ValueError, TypeError) as error:
        return str(error).split("\n")[0]
    return "no error"


def opened(path):
    """Return the model of a file, without what it was trained by."""
    return keras.models.load_model(path, compile=False)


# --8<-- [start:gates]
def gates(a):
    """Return what the three functions make of the sum a of a gate."""
    return {"sigmoid": 1 / (1 + np.exp(-a)),
            "old_hard": np.clip(0.2 * a + 0.5, 0, 1),   # before Keras 3
            "new_hard": np.clip(a / 6 + 0.5, 0, 1)}     # Keras 3
# --8<-- [end:gates]


def values():
    """Return the values that the page quotes, by name."""
    model = build()
    right = answer(model)
    with TemporaryDirectory() as folder:
        path = f"{folder}/old.h5"
        model.save(path)
        edit(path, age)
        refused = message(opened, path)
        anew = build()
        anew.set_weights([0 * w for w in anew.get_weights()])
        anew.load_weights(path)                 # a whole model will do
        edit(path, mend)
        mended = opened(path)
    before = keras.Sequential([keras.Input((None, 2)),
                               keras.layers.GRU(3, reset_after=False)])
    one_row = before.get_weights()
    two_rows = build().layers[0]
    hard = build(recurrent_activation="hard_sigmoid")
    old_hard = build(recurrent_activation=old_hard_sigmoid)
    return {
        "refused": refused, "mended": off(answer(mended), right),
        "anew": off(answer(anew), right),
        "old_bias": one_row[2].size, "new_bias": two_rows.count_params() - 45,
        "bias_message": message(two_rows.set_weights, one_row),
        **gates(1.0), "y": right[:, 0],
        "y_old_hard": answer(old_hard)[:, 0], "y_hard": answer(hard)[:, 0],
        "drift": off(answer(hard), answer(old_hard)),
        "drift_sigmoid": off(right, answer(old_hard)),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"same": ("bit by bit", not v["mended"] and not v["anew"])}


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# refused")
    print(v["refused"])
    print("# bias")
    print(textwrap.fill(v["bias_message"], 72, subsequent_indent="    "))
    print("# hard")
    print("gates                at 1    sample 0  sample 1")
    for name, key, text in (("sigmoid", "y", "sigmoid"),
                            ("old_hard", "y_old_hard", "hard, before Keras 3"),
                            ("new_hard", "y_hard", "hard, Keras 3")):
        one, two = v[key]
        print(f"{text:20} {v[name]:z.4f}  {one:z.4f}    {two:z.4f}")


if __name__ == "__main__":
    main()
