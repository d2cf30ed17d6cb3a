"""Answers: how to learn whether Keras uses cuDNN's kernel.

Run `python -m snippets.answers.fused_kernel` for the output of the page.
"""

import re
import textwrap

# --8<-- [start:program]
import keras
import numpy as np


def told(layer):
    """Return why a layer cannot use the fused kernel, or nothing."""
    try:
        layer(np.zeros((1, 5, 3)))                # (N, T, m)
    except ValueError as error:
        return str(error)
    return ""


answer = told(keras.layers.LSTM(8, use_cudnn=True, activation="relu"))
# --8<-- [end:program]


def values():
    """Return whether the page's example is refused, and by which words."""
    return {"refused": "cuDNN is not supported for this layer" in answer}


def main():
    """Print the output that the page shows."""
    values()
    print("# output")
    for sentence in re.findall("use_cudnn=True was[^\x1b]*", answer):
        print(textwrap.fill(sentence, 72))


if __name__ == "__main__":
    main()
