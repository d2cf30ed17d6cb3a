"""The unit of the home page over three steps, by hand and by Keras: one number.

Run `python -m snippets.home.same_number` to see it.
"""

import keras
import numpy as np

from snippets.simple_rnn import miniature

# --8<-- [start:numpy]
W, U, b = 0.8, 0.5, 0.1  # numbers
h = 0.0                  # nothing yet

for x in (1, 0, -1):
    z = x * W + h * U + b
    h = np.tanh(z)
# --8<-- [end:numpy]

# --8<-- [start:keras]
layer = keras.layers.SimpleRNN(1)
layer.build((1, 3, 1))   # (N, T, m)
layer.set_weights([
    np.array([[0.8]]),   # W (m, u)
    np.array([[0.5]]),   # U (u, u)
    np.array([0.1]),     # b (u,)
])
xs = np.array([[[1.], [0.], [-1.]]])
last = layer(xs)         # (N, u)
# --8<-- [end:keras]


def values():
    """Return the last state: by hand, by Keras, and as equation and drawing have it."""
    return {
        "by_hand": h,
        "by_keras": np.float32(last[0, 0]),
        "in_steps": miniature.values()["h"][2],
    }


def claims(values):
    """Return what the page says of these values, and whether it is true."""
    digits = {f"{number:.4f}" for number in values.values()}
    return {"same": ("All four give the same digits", len(digits) == 1)}


def main():
    """Print the last state, computed in each way."""
    for name, number in values().items():
        print(f"{name:8} {number:.4f}")


if __name__ == "__main__":
    main()
