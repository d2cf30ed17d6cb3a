"""Answers: whether the update gate of a GRU keeps or takes.

Run `python -m snippets.answers.z_keeps` for the output of the page.
"""

# --8<-- [start:program]
import keras
import numpy as np

gru = keras.layers.GRU(1, kernel_initializer="zeros",
                       recurrent_initializer="zeros")
x, one = np.zeros((1, 1, 1)), np.ones((1, 1))     # one step; a state of 1


def after_one_step(bias_of_z):
    """Return z, and what a GRU whose candidate is 0 makes of the state."""
    gru.build(x.shape)
    W, U, b = gru.get_weights()                   # all zero but
    b[0, 0] = bias_of_z                           # the first block, z
    gru.set_weights([W, U, b])
    z = 1 / (1 + np.exp(-bias_of_z))
    return z, np.array(gru(x, initial_state=one))[0, 0]
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"open": np.array(after_one_step(4.0), "float32"),
            "shut": np.array(after_one_step(-4.0), "float32")}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    print("z       new state")
    for name in ("open", "shut"):
        print("{:.4f}  {:.4f}".format(*v[name]))


if __name__ == "__main__":
    main()
