"""The RNN API by hand: directions and starts for all three layers, in NumPy.

Run `python -m snippets.rnn_api.by_hand` for the output that the page shows.
"""

import keras
import numpy as np

from snippets.layers.gru import gru
from snippets.layers.lstm import lstm
from snippets.layers.simple_rnn import simple_rnn_from
from snippets.rnn_api.arrays import batch

N, T, m, u = 2, 5, 7, 4
LAYERS = (keras.layers.SimpleRNN, keras.layers.GRU, keras.layers.LSTM)
x = batch(["BTXSE", "BPVVE"])                        # (N, T, m) = (2, 5, 7)


# --8<-- [start:states]
def states_by_hand(name, x, weights, begin):
    """Return all states: one array (N, T, u), or two for an LSTM.

    begin holds the states before the first step, (N, u) each.
    """
    W, U, b = weights
    if name == "SimpleRNN":
        return [simple_rnn_from(x, begin[0], W, U, b)]
    if name == "GRU":
        return [gru(x, W, U, b, *begin)[-1]]
    i, f, c_new, o, c, h = lstm(x, W, U, b, *begin)
    return [h, c]
# --8<-- [end:states]


# --8<-- [start:backwards]
def backwards_by_hand(name, x, weights, begin):
    """Return what go_backwards=True gives: the inputs are turned round."""
    return states_by_hand(name, x[:, ::-1], weights, begin)


def both_ways_by_hand(name, x, weights, begin):
    """Return what Bidirectional gives with return_sequences, (N, T, 2u)."""
    half = len(begin) // 2
    there = states_by_hand(name, x, weights[:3], begin[:half])[0]
    back = backwards_by_hand(name, x, weights[3:], begin[half:])[0]
    return np.concatenate([there, back[:, ::-1]], axis=-1)   # turned again
# --8<-- [end:backwards]


# --8<-- [start:hand_over]
def hand_over(name, x, after, encoder, decoder, begin):
    """Return the decoder's states (N, T', u) for `after` (N, T', m).

    It starts with what the encoder leaves behind when it has read x.
    """
    left = [s[:, -1] for s in states_by_hand(name, x, encoder, begin)]
    return states_by_hand(name, after, decoder, left)[0]
# --8<-- [end:hand_over]


def with_random_weights(layer, rng):
    """Build a layer for m inputs, fill it with random numbers, return it."""
    layer.build((None, None, m))
    layer.set_weights([rng.normal(0, 0.5, w.shape) for w in layer.weights])
    return layer


def differences(kind, dtype="float32"):
    """Return how far Keras is from NumPy: (4,) largest differences."""
    rng = np.random.default_rng(0)
    options = {"return_sequences": True, "return_state": True, "dtype": dtype}
    name, count = kind.__name__, 1 + (kind is keras.layers.LSTM)
    begin = list(rng.normal(size=(count, N, u)))     # (N, u) each
    four = begin + list(rng.normal(size=(count, N, u)))
    layer = with_random_weights(kind(u, **options), rng)
    turned = with_random_weights(kind(u, go_backwards=True, **options), rng)
    both = with_random_weights(
        keras.layers.Bidirectional(kind(u, **options), dtype=dtype), rng)
    decoder = with_random_weights(kind(u, **options), rng)
    after = x[:, :3]                                 # (N, T', m) = (2, 3, 7)
    weights = [each.get_weights() for each in (layer, turned, both, decoder)]
    answers = [
        (layer(x, initial_state=begin)[0],
         states_by_hand(name, x, weights[0], begin)[0]),
        (turned(x, initial_state=begin)[0],
         backwards_by_hand(name, x, weights[1], begin)[0]),
        (both(x, initial_state=four)[0],
         both_ways_by_hand(name, x, weights[2], four)),
        (decoder(after, initial_state=layer(x, initial_state=begin)[1:])[0],
         hand_over(name, x, after, weights[0], weights[3], begin)),
    ]
    return [np.abs(np.array(k) - h).max() for k, h in answers]


def values():
    """Return the values that the page quotes, by name."""
    same = {kind.__name__.lower(): np.array(differences(kind)) < 1e-6
            for kind in LAYERS}
    return {**same, "T": T}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"same": ("NumPy and Keras agree to a millionth",
                     np.all([v["simplernn"], v["gru"], v["lstm"]]))}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# table")
    names = [kind.__name__ for kind in LAYERS]
    print(" " * 15, *names)
    for row, name in enumerate(("initial_state", "go_backwards",
                                "Bidirectional", "handed over")):
        print(f"{name:15}", *(f"{str(v[kind.lower()][row]):{len(kind)}}"
                              for kind in names))


if __name__ == "__main__":
    main()
