"""Cutting a long series: stateful layers, and the state carried by hand.

Run `python -m snippets.sequences_in_pieces.stateful` for the page's output.
"""

import keras
import numpy as np

from snippets.lstm import trained
from snippets.lstm.miniature import U, W, b, x

LAYERS = [keras.layers.SimpleRNN, keras.layers.LSTM, keras.layers.GRU]


# --8<-- [start:pieces]
def in_pieces(layer, x, k):
    """Return the states (N, T, u) of a layer that reads x k steps at a time."""
    pieces = [layer(x[:, t:t + k]) for t in range(0, x.shape[1], k)]
    return np.concatenate(pieces, axis=1)        # (N, T, u)
# --8<-- [end:pieces]


# --8<-- [start:same]
def unequal(recurrent, N=3, T=12, m=2, u=5, k=4):
    """Count the numbers in which pieces and one pass differ, out of N T u.

    Both layers have the same random weights. The second count is taken after
    a reset.
    """
    x = np.random.default_rng(0).normal(size=(N, T, m))
    keras.utils.set_random_seed(0)
    whole = recurrent(u, return_sequences=True, dtype="float64")
    states = np.array(whole(x))                  # (N, T, u)
    cut = recurrent(u, return_sequences=True, stateful=True,
                    dtype="float64")
    cut.build((N, k, m))                         # N must be known
    cut.set_weights(whole.get_weights())
    first = in_pieces(cut, x, k)                 # (N, T, u)
    cut.reset_state()                            # back to zero
    again = in_pieces(cut, x, k)                 # (N, T, u)
    return np.sum(first != states), np.sum(again != states)
# --8<-- [end:same]


# --8<-- [start:carry]
def carried_by_hand(x, k):
    """Return Part D's states (N, T, u) of x (N, T, 3), read k steps at a time."""
    layer = keras.layers.LSTM(2, return_sequences=True, return_state=True,
                              dtype="float64")
    layer.build((None, None, 3))                 # any N
    layer.set_weights([trained.W, trained.U, trained.b])
    state, pieces = None, []                     # zero before the first
    for t in range(0, x.shape[1], k):
        h, *state = layer(x[:, t:t + k], initial_state=state)
        pieces.append(h)                         # (N, k, u)
    return np.concatenate(pieces, axis=1)
# --8<-- [end:carry]


def miniature(stateful):
    """Return the states of Part D's miniature, read as two steps and one."""
    layer = keras.layers.LSTM(1, return_sequences=True, stateful=stateful,
                              dtype="float64")
    layer.build((1, None, 1))                    # N = 1, any number of steps
    layer.set_weights([W, U, b])
    first, second = layer(x[None, :2]), layer(x[None, 2:])
    again = layer(x[None])                       # all three, without a reset
    return [np.array(part)[0, :, 0] for part in (first, second, again)]


def values():
    """Return the values that the page quotes, by name."""
    found = {layer.__name__.lower(): unequal(layer) for layer in LAYERS}
    first, second, again = miniature(stateful=True)
    by_hand = carried_by_hand(trained.x_new, 3)
    whole = carried_by_hand(trained.x_new, 7)
    return {
        **found, "first": first, "second": second, "again": again,
        "without": miniature(stateful=False)[1],
        "carried": np.sum(by_hand != whole),
        "numbers": 3 * 12 * 5,
        "batches": len(range(0, 1000, 50)),
    }


def main():
    """Print in how many numbers pieces and one pass differ."""
    v = values()
    print("# unequal")
    print(f"of {v['numbers']} numbers  in pieces  after a reset")
    for layer in LAYERS:
        first, again = v[layer.__name__.lower()]
        print(f"{layer.__name__:14}  {first:9}  {again:13}")
    print("carried by hand, LSTM:", v["carried"])


if __name__ == "__main__":
    main()
