"""The RNN API, encoder and decoder: T symbols are read, two are written.

Run `python -m snippets.rnn_api.two_lengths` for the outputs of the page.
The encoder reads an embedded string up to the end of its inner string; the
decoder writes the two symbols that follow.
"""

import keras
import numpy as np

from snippets.layers.simple_rnn import simple_rnn_from, simple_rnn_step
from snippets.reber.strings import SYMBOLS, embedded, one_hot
from snippets.rnn_api.arrays import batch
from snippets.rnn_api.generate import softmax

# --8<-- [start:encoder]
T, P, E = (SYMBOLS.index(symbol) for symbol in "TPE")

# Encoder. Unit 0: before the first symbol, 1: behind it, 2: T is kept.
W_read = np.zeros((7, 3))                            # (m, u)
W_read[T, 2] = 8
U_read = np.array([[0, 4, 0],                        # (u, u)
                   [0, 0, 4],
                   [0, 0, 8.0]])
b_read = np.array([-12, 0, 0.0])                     # (u,)
start = np.array([[1, -1, -1.0]])                    # (N, u) = (1, 3)
# --8<-- [end:encoder]

# --8<-- [start:decoder]
# Decoder. Unit 0: write E now, 1: write T or P now, 2: T is kept.
W_write = np.zeros((7, 3))                           # (m, u)
W_write[[T, P], 0] = 8
W_write[E, 1] = 8
U_write = np.diag([0, 0, 4.0])                       # (u, u)
b_write = np.array([-4, -4, 0.0])                    # (u,)
W_y = np.zeros((3, 7))                               # (u, m')
W_y[0, E] = 20
W_y[1, [T, P]] = 10
W_y[2, [T, P]] = 10, -10
b_y = np.zeros(7)                                    # (m',)
# --8<-- [end:decoder]


# --8<-- [start:model]
def build_model():
    """Return the model: x (N, T, 7), begin (N, 3), before (N, T', 7) to y."""
    x, begin = keras.Input((None, 7)), keras.Input((3,))
    before = keras.Input((None, 7))                  # another length, T'
    encoder = keras.layers.SimpleRNN(3, return_state=True)
    decoder = keras.layers.SimpleRNN(3, return_sequences=True)
    h, state = encoder(x, initial_state=begin)       # (N, 3) each, equal
    states = decoder(before, initial_state=state)    # (N, T', 3)
    y = keras.layers.Dense(7, activation="softmax")(states)   # (N, T', 7)
    model = keras.Model([x, begin, before], y)
    model.set_weights([W_read, U_read, b_read,
                       W_write, U_write, b_write, W_y, b_y])
    return model
# --8<-- [end:model]


# --8<-- [start:by_hand]
def finish(string):
    """Return the two symbols that follow, with NumPy alone."""
    read = simple_rnn_from(one_hot(string)[None], start, W_read, U_read, b_read)
    h, symbol, written = read[0, -1], string[-1], ""     # h (u,) = (3,)
    for t in range(2):
        z, h = simple_rnn_step(one_hot(symbol)[0], h, W_write, U_write, b_write)
        symbol = SYMBOLS[softmax(h @ W_y + b_y).argmax()]   # to the next step
        written += symbol
    return written
# --8<-- [end:by_hand]


# --8<-- [start:repeat]
def with_repeat_vector(steps=2):
    """Return an untrained model from (N, T, 7) to (N, steps, 7)."""
    return keras.Sequential([
        keras.Input((None, 7)),                          # (N, T, 7)
        keras.layers.SimpleRNN(3),                       # (N, 3)
        keras.layers.RepeatVector(steps),                # (N, 2, 3)
        keras.layers.SimpleRNN(3, return_sequences=True),    # (N, 2, 3)
        keras.layers.Dense(7, activation="softmax"),     # (N, 2, 7)
    ])
# --8<-- [end:repeat]


def values():
    """Return the values that the page quotes, by name."""
    rng = np.random.default_rng(2)
    pairs = [(s[:-2], s[-2:]) for s in
             (embedded(rng) for _ in range(200))]    # T differs, T' = 2
    model, repeat = build_model(), with_repeat_vector()
    string, ending = pairs[0]
    x, before = batch([string]), batch([string[-1] + ending[0]])
    y = np.array(model([x, start, before]))          # (1, 2, 7)
    return {
        "first": np.array(pairs[0]),
        "shapes": np.array([x.shape, before.shape, y.shape]),
        "y": y[0],
        "right": sum(finish(s) == e for s, e in pairs),
        "written": len(pairs),
        "lengths": np.unique([len(s) for s, e in pairs])[[0, -1]],
        "parameters": model.count_params(),
        "parameters_repeat": repeat.count_params(),
        "shape_repeat": np.array(repeat(x).shape),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# output")
    print("read:", v["first"][0], " next:", v["first"][1])
    print("shapes:", *(tuple(s.tolist()) for s in v["shapes"]))
    print("".join(f"{s:>5}" for s in SYMBOLS))
    for row in v["y"]:
        print("".join(f"{p:z5.2f}" for p in row))
    print("right:", v["right"], "of", v["written"])


if __name__ == "__main__":
    main()
