"""ConvLSTM: what is moved in the film is moved in the state, away from edges.

Run `python -m snippets.convlstm.shifted` for the output of the page.
"""

import keras
import numpy as np

from snippets.convlstm import miniature
from snippets.layers.conv_lstm import conv_lstm

# --8<-- [start:film]
SIDE, T = 11, 2
PATTERN = miniature.x                                # (T, 3, 3, 1)


def film_at(row, col):
    """Return a dark film (T, SIDE, SIDE, 1) with the pattern at a place."""
    film = np.zeros((T, SIDE, SIDE, 1))
    film[:, row:row + 3, col:col + 3] = PATTERN
    return film


b = miniature.b + [0, 0, 0.3, 0]                     # the dark has a state
DOWN, RIGHT = 1, 2                                   # how far it is moved
here, there = film_at(3, 3), film_at(3 + DOWN, 3 + RIGHT)
# --8<-- [end:film]


# --8<-- [start:compare]
def difference(states, moved, edge=T):
    """Return the largest difference of moved from states, one down, two right.

    Places that are less than edge from the edge, in either, are left out.
    """
    rows, cols = SIDE - edge - DOWN, SIDE - edge - RIGHT
    states = states[:, edge:rows, edge:cols]
    moved = moved[:, edge + DOWN:SIDE - edge, edge + RIGHT:SIDE - edge]
    return np.abs(states - moved).max()


def conv_states(film):
    """Return the states (T, SIDE, SIDE, 1) of the miniature's layer."""
    return conv_lstm(film, miniature.W, miniature.U, b)[-1]


def flat_states(film):
    """Return the same of an LSTM with a unit for each place."""
    keras.utils.set_random_seed(0)                   # the same weights again
    layer = keras.layers.LSTM(SIDE * SIDE, return_sequences=True)
    rows = film.reshape(1, T, SIDE * SIDE)           # (N, T, places)
    return np.array(layer(rows)).reshape(film.shape)
# --8<-- [end:compare]


def values():
    """Return the values that the page quotes, by name."""
    conv = conv_states(here), conv_states(there)
    flat = flat_states(here), flat_states(there)
    return {"conv": difference(*conv), "edge": difference(*conv, edge=0),
            "flat": difference(*flat),
            "dark": conv[0][-1, -3, -3, 0], "corner": conv[0][-1, -1, -1, 0],
            "largest": np.abs(conv_states(here)).max(),
            "flat_parameters": 4 * SIDE**2 * (SIDE**2 + SIDE**2 + 1),
            "parameters": miniature.W.size + miniature.U.size + 4}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"exactly": ("differ by nothing at all", v["conv"] == 0)}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# differences")
    print(f"ConvLSTM, away from the edges  {v['conv']:z.4f}")
    print(f"ConvLSTM, at the edges, too    {v['edge']:z.4f}")
    print(f"LSTM on flattened frames       {v['flat']:z.4f}")


if __name__ == "__main__":
    main()
