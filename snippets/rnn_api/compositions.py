"""The RNN API, compositions: what layers give one after the other, or say.

Run `python -m snippets.rnn_api.compositions` for the output.
"""

import re
import textwrap
import warnings

import numpy as np

from snippets.rnn_api.errors import COUNTED, LEFT_OUT, words

# --8<-- [start:example]
import keras
from keras import layers

model = keras.Sequential([
    keras.Input((None,)),
    layers.Embedding(8, 3, mask_zero=True),
    layers.Bidirectional(layers.GRU(4, return_sequences=True)),
    layers.LSTM(5),
    layers.Dense(1),
])
# --8<-- [end:example]

KEPT = [pattern for pattern in LEFT_OUT if pattern != COUNTED]
STRINGS = {"shape": (5, 7)}                          # m = 7 numbers a step
CODES = {"shape": (None,)}                           # whole numbers, T unknown

# For each kind of error what leads to it: an input, and code for each layer.
WRONG = {
    "example": (CODES, "Embedding(8, 3, mask_zero=True)",
                "Bidirectional(GRU(4))", "LSTM(5)", "Dense(1)"),
    "axes": (STRINGS, "LSTM(4)", "LSTM(6)"),
    "inputs": (STRINGS, "GRU(4, return_state=True)", "Dense(1)"),
    "steps": (STRINGS, "GRU(4)", "TimeDistributed(Dense(1))"),
    "both_steps": (STRINGS, "Bidirectional(GRU(4), merge_mode=None)",
                   "TimeDistributed(Dense(1))"),
    "states_steps": (STRINGS, "LSTM(4, return_state=True)",
                     "TimeDistributed(Dense(1))"),
    "batch": (STRINGS, "GRU(4, stateful=True)"),
    "unknown": (CODES, "Dense(1)"),
    "unknown_inside": (CODES, "RepeatVector(3)", "Bidirectional(GRU(4))"),
    "backwards": (STRINGS, "Bidirectional(GRU(4, go_backwards=True))"),
    "both_states": ({**STRINGS, "batch_size": 2}, "Bidirectional("
                    "LSTM(4, stateful=True, return_state=True))"),
    "masked": (STRINGS, "LSTM(4, return_state=True)", "Masking()"),
    "embedded": (STRINGS, "LSTM(4, return_state=True)", "Embedding(8, 3)"),
}
DESTROYED = (STRINGS, "Masking()", "Flatten()")    # only a warning


def shapes(result):
    """Return the shapes of one tensor, or of several, as text."""
    return ", ".join(str(tuple(one.shape)) for one in keras.tree.flatten(result))


def built(inputs, made):
    """Build a Sequential of layers; return its error, or "", and warnings."""
    error = ""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            keras.Sequential([keras.Input(**inputs), *made])
        except Exception as fault:
            error = words(fault, KEPT)
    return error, [str(warning.message) for warning in told]


def steps(made):
    """Return what each layer gives: shapes, parameters, mask or not each."""
    found = []
    for layer in made:
        try:
            output = layer.output
        except AttributeError:                       # so far Keras came
            break
        masks = [getattr(one, "_keras_mask", None) is not None
                 for one in keras.tree.flatten(output)]
        found.append([shapes(output), layer.count_params(), masks])
    return found


def ask(inputs, codes):
    """Return what Keras says of layers, each written as code.

    That is what each gives, the error, the layer that it is about, and the
    warnings. Each composition begins with new names: lstm, not lstm_7.
    """
    keras.utils.clear_session(free_memory=False)
    made = []
    try:
        for code in codes:
            made.append(eval(code, vars(layers)))
    except Exception as fault:                       # before any is called
        built(inputs, made)
        return steps(made), words(fault, KEPT), len(made), []
    error, told = built(inputs, made)
    found = steps(made)
    return found, error, len(found) if error else None, told


def values():
    """Return the values that the page quotes, by name."""
    found = steps(model.layers)
    said = {f"said_{name}": ask(inputs, codes)[1]
            for name, (inputs, *codes) in WRONG.items()}
    return {
        "shapes": np.array([shape for shape, _, _ in found]),
        "axes": np.array([int(size) for shape, _, _ in found
                          for size in re.findall(r"\d+", shape)]),
        "count": np.array([count for _, count, _ in found]),
        "masked": np.array([any(masks) for _, _, masks in found]),
        "total": model.count_params(),
        **{name: np.array(text) for name, text in said.items()},
        "said_destroyed": np.array(ask(DESTROYED[0], DESTROYED[1:])[3][0]),
    }


def main():
    """Print what Keras says if the GRU of the example gives one row."""
    print("# example")
    print(textwrap.fill(str(values()["said_example"]), 60))


if __name__ == "__main__":
    main()
