"""What Keras says when a stateful layer is not built or reset as today.

Run `python -m snippets.sequences_in_pieces.stateful_errors` for the output.
"""

import re
import textwrap

import keras
import numpy as np

from snippets.sequences_in_pieces.stateful_order import build_model


# --8<-- [start:errors]
ERRORS = {
    "no_batch_size": lambda: keras.Sequential([
        keras.Input((10, 3)), keras.layers.LSTM(2, stateful=True)]),
    "batch_input_shape": lambda: keras.layers.LSTM(
        2, stateful=True, batch_input_shape=(20, 10, 3)),
    "reset_states": lambda: build_model(20).reset_states(),
    "states": lambda: build_model(20).layers[0].reset_state(
        states=np.ones((20, 2))),
    "other_batch": lambda: build_model(20)(np.zeros((7, 10, 3))),
}
# --8<-- [end:errors]


def message(function):
    """Return what an error says, without colours and what follows."""
    try:
        function()
    except (AttributeError, TypeError, ValueError) as error:
        text = re.sub(r"\x1b\[\dm", "", str(error)).split("\n\nArguments")[0]
        return f"{type(error).__name__}: {text}"
    return None


def values():
    """Return whether each of the calls fails."""
    return {name: message(call) is not None for name, call in ERRORS.items()}


def main():
    """Print what each call is answered with."""
    values()
    for name, call in ERRORS.items():
        print("#", name)
        for line in message(call).splitlines():
            print(textwrap.fill(line, 72) if line else "")


if __name__ == "__main__":
    main()
