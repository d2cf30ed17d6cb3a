"""Answers: reset_after changes what a GRU computes from the same weights.

Run `python -m snippets.answers.reset_after` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

W = np.array([[1.0, -1.0] * 3])                  # (m, 3u): z, r, candidate
U = np.array([[1.0, 0.0, 1.0, 0.0, 1.0, -2.0],
              [0.0, 1.0, 0.0, 1.0, 2.0, 1.0]])   # (u, 3u)
x = np.array([[[1.0], [-1.0]]])                  # (N, T, m) = (1, 2, 1)

def last(reset_after):
    """Return the last state (u,) for these weights, without a bias."""
    layer = keras.layers.GRU(2, reset_after=reset_after, use_bias=False)
    layer.build(x.shape)
    layer.set_weights([W, U])
    return np.array(layer(x))[0]
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {"after": last(True), "before": last(False)}


def main():
    """Print the output that the page shows."""
    print("# output")
    for name, state in values().items():
        print(f"{name:7}", *(f"{number:z.4f}" for number in state))


if __name__ == "__main__":
    main()
