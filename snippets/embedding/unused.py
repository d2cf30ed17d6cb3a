"""Rows that no word of a batch stands for: which optimisers move them?

Run `python -m snippets.embedding.unused` for the output of the page.
Shapes: V rows of the table, m numbers in a row.
"""

import keras
import numpy as np

from snippets.embedding.gradient import TARGET, table_gradient
from snippets.embedding.miniature import E, U, W, WORDS, b, keras_embedding
from snippets.optimisers.step import adam

# --8<-- [start:batches]
first = np.array([[3, 2]])                # cats see: rows 3 and 2
second = np.array([[1, 2]])               # dogs see: rows 1 and 2
RATE = 0.1
# --8<-- [end:batches]


# --8<-- [start:by_hand]
def two_steps_of_adam():
    """Return the table (V, m) before, between and after two steps."""
    tables, a, v = [E], 0, 0
    for n, batch in enumerate([first, second], 1):
        _, dE = table_gradient(tables[-1], batch)     # (V, m)
        table, a, v = adam(tables[-1], dE, a, v, n, RATE)
        tables.append(table)
    return np.array(tables)                           # (3, V, m)
# --8<-- [end:by_hand]


# --8<-- [start:keras]
def by_keras(optimizer, batches):
    """Return the same with an optimiser of Keras, in float32."""
    rnn = keras.layers.SimpleRNN(1)
    model = keras.Sequential([keras_embedding(), rnn])
    model(batches[0])                                 # builds the second
    rnn.set_weights([W, U, b])
    rnn.trainable = False                             # only the table learns
    model.compile(loss="mse", optimizer=optimizer, run_eagerly=True)
    tables = [np.float32(E)]
    for batch in batches:
        model.train_on_batch(batch, np.array([[TARGET]]))
        tables.append(model.layers[0].get_weights()[0])
    return np.array(tables)                           # (1 + steps, V, m)
# --8<-- [end:keras]


OPTIMISERS = {
    "SGD": keras.optimizers.SGD(RATE),
    "RMSprop": keras.optimizers.RMSprop(RATE),
    "SGD, momentum": keras.optimizers.SGD(RATE, momentum=0.9),
    "Adam": keras.optimizers.Adam(RATE),
    "AdamW": keras.optimizers.AdamW(RATE, weight_decay=0.1),
}


def values():
    """Return the values that the page quotes, by name."""
    hand = np.diff(two_steps_of_adam(), axis=0)       # (2, V, m)
    # A new optimiser for each call, since each keeps its own running means.
    fresh = [type(o).from_config(o.get_config()) for o in OPTIMISERS.values()]
    keras_ = np.array([np.diff(by_keras(o, [first, second]), axis=0)
                       for o in fresh])
    return {
        "ratio": hand[1][3][0] / hand[0][3][0],
        "hand": hand, "keras": keras_,                # (5, 2, V, m)
        "cats": keras_[:, 1, 3], "padding": keras_[:, 1, 0],
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    moved = [bool(np.any(row)) for row in v["cats"]]
    never = [bool(np.any(row)) for row in v["padding"]]
    return {
        "still": ("SGD and RMSprop leave it where it was",
                  not any(moved[:2])),
        "moved": ("momentum and Adam move it on", all(moved[2:])),
        "decay": ("AdamW moves even rows that were never used",
                  never == [False] * 4 + [True]),
    }


def main():
    """Print how far the second step moves the rows that it does not use."""
    v = values()
    print("# second")
    print("                 row 3, cats         row 0, never used")
    for name, cats, padding in zip(OPTIMISERS, v["cats"], v["padding"]):
        print(f"{name:14}", " ".join(f"{n:z8.4f}" for n in cats), "   ",
              " ".join(f"{n:z8.4f}" for n in padding))
    print("# adam")
    print("row  word      first step            second step")
    for row, word in enumerate(WORDS):
        one, two = (" ".join(f"{n:z8.4f}" for n in step[row])
                    for step in v["hand"])
        print(f"{row:3}  {word:5}", one, "   ", two)


if __name__ == "__main__":
    main()
