"""Answers: the arrays of a SimpleRNN, written for a program in C.

Run `python -m snippets.answers.c_arrays` for the output of the page.
The program in C is simple_rnn.c beside this module.
"""

import keras
import numpy as np


# --8<-- [start:program]
def as_c(name, array):
    """Return an array as C has it: row by row, with all its digits."""
    numbers = ", ".join(f"{number:.9g}" for number in array.ravel())
    return f"static const float {name}[{array.size}] = {{{numbers}}};"


def header(layer):
    """Return the text of weights.h, for a SimpleRNN that is built."""
    W, U, b = layer.get_weights()                 # (m, u), (u, u), (u,)
    sizes = f"enum {{ INPUTS = {len(W)}, UNITS = {len(U)} }};"
    return "\n".join([sizes, as_c("W", W), as_c("U", U), as_c("b", b)])
# --8<-- [end:program]


def example():
    """Return a SimpleRNN of two units on one input, with short weights."""
    layer = keras.layers.SimpleRNN(2, return_sequences=True)
    layer.build((None, None, 1))
    layer.set_weights([np.array([[1.0, -0.5]]),
                       np.array([[0.5, 0.25], [-0.75, 1.5]]),
                       np.array([0.0, 0.125])])
    return layer


def values():
    """Return how many numbers C needs, and how many each array has."""
    sizes = [array.size for array in example().get_weights()]
    return {"sizes": sizes, "numbers": sum(sizes)}


def main():
    """Print the output that the page shows."""
    values()
    print("# output")
    print(header(example()))


if __name__ == "__main__":
    main()
