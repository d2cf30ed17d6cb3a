"""ConvLSTM: what the answers to the exercises say.

Run `python -m snippets.convlstm.exercises` to see it.
"""

import keras
import numpy as np

from snippets.convlstm.miniature import keras_conv_lstm
from snippets.convlstm.shapes import conv_lstm_count

SIDE, MIDDLE = 11, 5


# --8<-- [start:one_pixel]
def with_one_pixel(film, W, U, b):
    """Return the states of an LSTM that reads each place's pixels alone."""
    T, rows, cols, m = film.shape
    alone = film.reshape(T, rows * cols, m).swapaxes(0, 1)   # (places, T, m)
    layer = keras.layers.LSTM(U.shape[2], return_sequences=True,
                              dtype="float64")
    layer.build(alone.shape)
    layer.set_weights([W[0, 0], U[0, 0], b])     # (m, 4u), (u, 4u), (4u,)
    states = np.array(layer(alone)).swapaxes(0, 1)           # (T, places, u)
    return states.reshape(T, rows, cols, -1)
# --8<-- [end:one_pixel]


def reach(T):
    """Return how many places of the first frame the last state looks at."""
    W, U = np.ones((3, 3, 1, 4)) / 10, np.ones((3, 3, 1, 4)) / 10
    dark = np.zeros((T, SIDE, SIDE, 1))
    films = np.stack([dark] * SIDE**2)           # (places, T, rows, cols, 1)
    films[:, 0].reshape(SIDE**2, -1)[np.diag_indices(SIDE**2)] = 1
    layer = keras.layers.ConvLSTM2D(1, 3, padding="same", dtype="float64")
    layer.build(films.shape)
    layer.set_weights([W, U, np.zeros(4)])
    seen = np.array(layer(films))[:, MIDDLE, MIDDLE, 0]      # (places,)
    return int(np.sum(seen != 0))


def values():
    """Return the values that the page quotes, by name."""
    rng = np.random.default_rng(1)
    film = rng.normal(size=(3, 4, 5, 2))         # (T, rows, cols, m)
    W, U = rng.normal(size=(1, 1, 2, 12)), rng.normal(size=(1, 1, 3, 12))
    b = rng.normal(size=12)
    conv = keras_conv_lstm(film, W, U, b, dtype="float64")
    reached = [reach(T) for T in (1, 2, 3)]
    return {
        "colour": conv_lstm_count(3, 16, 5), "block": 5 * 5 * (3 + 16) + 1,
        "from_lstm": np.abs(conv - with_one_pixel(film, W, U, b)).max() < 1e-12,
        "reach": reached, "sides": [int(np.sqrt(n)) for n in reached],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"an_lstm": ("the states are those of an LSTM",
                        bool(v["from_lstm"]))}


def main():
    """Print them."""
    for name, value in values().items():
        print(f"{name:10} {value}")


if __name__ == "__main__":
    main()
