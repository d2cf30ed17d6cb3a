"""The RNN API: a recurrent layer that knows the grammar, weights set by hand.

Run `python -m snippets.rnn_api.grammar` for the outputs that the page shows.
Shapes: N strings, T symbols each, m = 7 inputs per step, u = 13 units.
"""

import keras
import numpy as np

from snippets.reber.strings import GRAMMAR, SYMBOLS
from snippets.rnn_api.arrays import batch, make_data

# --8<-- [start:arrows]
ARROWS = [(node, symbol, end) for node, ways in GRAMMAR.items()
          for symbol, end in ways.items()]           # twelve
ENDS = [0] + [end for node, symbol, end in ARROWS]   # unit 0: at the start

W = np.zeros((7, 13))                                # (m, u)
U = np.zeros((13, 13))                               # (u, u)
b = np.full(13, -18.0)                               # (u,)
for unit, (node, symbol, end) in enumerate(ARROWS, 1):
    before = [k for k in range(13) if ENDS[k] == node]
    W[SYMBOLS.index(symbol), unit] = 12
    U[before, unit] = 6
    b[unit] += 6 * len(before)

start = np.array([1.0] + 12 * [-1.0])                # (u,): only unit 0 is on


def starts(N):
    """Return the state before the first symbol for N strings, (N, 13)."""
    return np.tile(start, (N, 1))
# --8<-- [end:arrows]

# --8<-- [start:outputs]
W_legal = np.zeros((13, 1))                          # (u, m') = (13, 1)
W_legal[12] = 5                                      # the arrow E is the last
b_legal = np.zeros(1)                                # (m',)

W_next = np.array([[10.0 * (s in GRAMMAR[end]) for s in SYMBOLS]
                   for end in ENDS])                 # (u, m') = (13, 7)
b_next = W_next.sum(axis=0)                          # (m',) = (7,)
# --8<-- [end:outputs]


# --8<-- [start:many_to_one]
def many_to_one():
    """Return the model from x (N, T, 7) and start (N, 13) to y (N, 1)."""
    x = keras.Input((None, 7))                       # None: any T
    begin = keras.Input((13,))
    rnn = keras.layers.SimpleRNN(13)
    h = rnn(x, initial_state=begin)                  # (N, 13): the last state
    y = keras.layers.Dense(1, activation="sigmoid")(h)   # (N, 1)
    model = keras.Model([x, begin], y)
    model.set_weights([W, U, b, W_legal, b_legal])
    return model
# --8<-- [end:many_to_one]


# --8<-- [start:many_to_many]
def many_to_many():
    """Return the model from x (N, T, 7) and start (N, 13) to y (N, T, 7)."""
    x = keras.Input((None, 7))
    begin = keras.Input((13,))
    rnn = keras.layers.SimpleRNN(13, return_sequences=True)
    h = rnn(x, initial_state=begin)                  # (N, T, 13): all states
    y = keras.layers.Dense(7, activation="softmax")(h)   # (N, T, 7)
    model = keras.Model([x, begin], y)
    model.set_weights([W, U, b, W_next, b_next])
    return model
# --8<-- [end:many_to_many]


def values():
    """Return the values that the page quotes, by name."""
    strings, y = make_data()
    x = batch(strings)                               # (256, 10, 7)
    legal = many_to_one()
    p = np.array(legal([x, starts(256)]))            # (256, 1)
    one, two = "BTSXSE", "BTSSSE"
    short = batch([one, two])                        # (2, 6, 7)
    follows = many_to_many()
    dense = follows.layers[-1]
    h = np.random.default_rng(1).normal(size=(2, 5, 13))
    wrapped = keras.layers.TimeDistributed(dense)
    return {
        "right": np.sum((p > 0.5) == y),
        "p_two": np.array(legal([short, starts(2)]))[:, 0],
        "shape_one": np.array(p.shape),
        "next": np.array(follows([short[:1], starts(1)]))[0],
        "shape_many": np.array(follows([x, starts(256)]).shape),
        "dense_same": np.abs(dense(h) - wrapped(h)).max() < 1e-6,
        "parameters_one": legal.count_params(),
        "parameters_many": follows.count_params(),
        "W_on": W.max(), "U_on": U.max(), "b_off": b[0], "minus_b": -b[0],
        "W_next_on": W_next.max(),
        "z_on": (z := W.max() + 2 * U.max() + b[0]), "on": np.tanh(z),
        "z_one": 2 * U.max() + b[0],                 # the symbol or an arrow
        "units": np.array([len(ARROWS), len(start)]),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"dense_same": ("gives the same numbers with the same weights",
                           v["dense_same"])}


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# arrows")
    print(" ".join(f"{n}{s}{e}" for n, s, e in ARROWS))
    print("# legal")
    for string, p in zip(("BTSXSE", "BTSSSE"), v["p_two"]):
        print(f"{string}  {p:.3f}")
    print("right:", v["right"], "of 256")
    print("# next")
    print("after" + "".join(f"{s:>5}" for s in SYMBOLS))
    for symbol, row in zip("BTSXSE", v["next"]):
        print(f"{symbol:5}" + "".join(f"{p:z5.2f}" for p in row))


if __name__ == "__main__":
    main()
