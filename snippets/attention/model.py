"""Attention: a network reads a Reber string and writes it again.

Shapes: N strings of T symbols, u units.
Sources: D. Bahdanau, K. Cho, Y. Bengio (2014); M.-T. Luong, H. Pham,
C. D. Manning (2015); the Keras documentation of Attention.
"""

import keras
import numpy as np

from snippets.reber.strings import SYMBOLS, count, one_hot, reber_of_length

SHORTEST, LONGEST = 5, 16                    # symbols of a training string
STRINGS, EPOCHS, RATE = 1000, 80, 0.01


# --8<-- [start:data]
def draw(lengths, seed):
    """Return a random Reber string of each length."""
    rng = np.random.default_rng(seed)
    return [reber_of_length(rng, length) for length in lengths]


def arrays(strings):
    """Return what is read and what came before (N, T, 7), and y (N, T).

    Row t of `before` is symbol t - 1, which the decoder is given when it
    writes symbol t (teacher forcing). Where a string is over, x has zeros
    and y has -1: no question there.
    """
    T = max(len(string) for string in strings)
    x = np.zeros((len(strings), T, 7))
    y = np.full((len(strings), T), -1)
    for n, string in enumerate(strings):
        x[n, :len(string)] = one_hot(string)
        y[n, :len(string)] = [SYMBOLS.index(symbol) for symbol in string]
    before = np.zeros_like(x)
    before[:, 1:] = x[:, :-1]
    return x, before, y
# --8<-- [end:data]


# --8<-- [start:model]
def build_model(u, attention):
    """Return an encoder and a decoder, with or without attention."""
    layers = keras.layers
    x = keras.Input((None, 7))                           # (N, T, 7)
    before = keras.Input((None, 7))                      # (N, T', 7)
    h, last = layers.GRU(                                # (N, T, u), (N, u)
        u, return_sequences=True, return_state=True)(layers.Masking()(x))
    d = layers.GRU(u, return_sequences=True)(            # (N, T', u)
        before, initial_state=last)
    if attention:
        q = layers.Dense(u, use_bias=False)(d)           # (N, T', u)
        c = layers.Attention()([q, h])                   # (N, T', u)
        d = layers.Concatenate()([c, d])                 # (N, T', 2u)
    y = layers.Dense(7, activation="softmax")(d)         # (N, T', 7)
    return keras.Model([x, before], y)
# --8<-- [end:model]


# --8<-- [start:train]
def train(u, attention, seed):
    """Return a trained model; its strings are the same for every seed."""
    lengths = np.random.default_rng(0).integers(
        SHORTEST, LONGEST + 1, STRINGS)
    x, before, y = arrays(draw(lengths, seed=1))
    keras.utils.set_random_seed(seed)
    model = build_model(u, attention)
    loss = keras.losses.SparseCategoricalCrossentropy(ignore_class=-1)
    model.compile(loss=loss, optimizer=keras.optimizers.Adam(RATE))
    model.fit([x, before], y, epochs=EPOCHS, batch_size=50, verbose=0)
    return model
# --8<-- [end:train]


def values():
    """Return the values that the page quotes, by name."""
    lengths = np.random.default_rng(0).integers(
        SHORTEST, LONGEST + 1, STRINGS)
    strings = draw(lengths, seed=1)
    return {
        "different": len(set(strings)),
        "updates": EPOCHS * (STRINGS // 50),
        "attention_8": build_model(8, True).count_params(),
        "fixed_9": build_model(9, False).count_params(),
        "fixed_16": build_model(16, False).count_params(),
        "ways": np.array([count(0, length) for length in range(21)]),
        "unseen": sum(string not in set(strings)
                      for string in draw([LONGEST] * 100, seed=100 + LONGEST)),
    }


def main():
    """Print how many parameters each of the three models has."""
    v = values()
    for name in ("attention_8", "fixed_9", "fixed_16"):
        print(f"{name:11} {v[name]:5}")


if __name__ == "__main__":
    main()
