"""Training on pieces of series: in order, shuffled, and without a state.

Run `python -m snippets.sequences_in_pieces.stateful_training` for the output.
"""

import keras
import numpy as np

from snippets.gru.memory import one_mark
from snippets.recording.measured import measured

# --8<-- [start:sizes]
N = 32                                           # series in a batch
LENGTH, PIECE = 16, 8                            # steps of a series, a piece
PIECES = LENGTH // PIECE                         # pieces of a series
# --8<-- [end:sizes]

WAYS = ["in_order", "shuffled", "stateless"]


# --8<-- [start:pieces]
def pieces(groups, seed):
    """Return x (B N, 8, 3) and y (B N, 8, 2): batches of N, group by group.

    Batch 0 holds the first pieces of N series, batch 1 their second pieces.
    """
    x, kept = one_mark(groups * N, LENGTH, seed)  # the mark is at step 0
    y = np.repeat(kept * 1.0, LENGTH, axis=1)    # to be told at every step
    return [array.reshape(groups, N, PIECES, PIECE, -1).swapaxes(1, 2)
            .reshape(groups * PIECES * N, PIECE, -1) for array in (x, y)]
# --8<-- [end:pieces]


# --8<-- [start:reset]
class ResetAtTheStart(keras.callbacks.Callback):
    """Set the state to zero before each group's first batch."""

    def on_train_batch_begin(self, batch, logs=None):
        if batch % PIECES == 0:
            self.model.get_layer("rnn").reset_state()
# --8<-- [end:reset]


# --8<-- [start:fit]
def build_model(stateful=True):
    """Return a model of four units: (32, 8, 3) to (32, 8, 2)."""
    model = keras.Sequential([
        keras.Input(batch_shape=(N, PIECE, 3)),
        keras.layers.LSTM(4, return_sequences=True, stateful=stateful,
                          name="rnn"),
        keras.layers.Dense(2, activation="sigmoid"),
    ])
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.03))
    return model


def fit_in_order(model, x, y, epochs):
    """Train on pieces whose series keep their places."""
    model.fit(x, y, batch_size=N, epochs=epochs, verbose=0,
              shuffle=False,                     # the default is True
              callbacks=[ResetAtTheStart()])
# --8<-- [end:fit]


def train(way, seed, groups=8, epochs=25):
    """Return how many percent of answers are right in new second pieces."""
    keras.utils.set_random_seed(seed)
    stateful = way != "stateless"
    model = build_model(stateful)
    x, y = pieces(groups, seed)
    if way == "in_order":
        fit_in_order(model, x, y, epochs)
    else:
        model.fit(x, y, batch_size=N, epochs=epochs, verbose=0,
                  shuffle=way == "shuffled",
                  callbacks=[ResetAtTheStart()] if stateful else [])
    x, y = pieces(1, 1000)                       # two batches, in order
    if stateful:
        model.get_layer("rnn").reset_state()
    model(x[:N])                                 # the first pieces
    right = (np.array(model(x[N:])) > 0.5) == y[N:]  # the second: (N, 8, 2)
    return 100 * np.mean(np.all(right, axis=-1))


def measure():
    """Return the percentages of five seeds for each way."""
    return {way: [round(train(way, seed), 1) for seed in range(1, 6)]
            for way in WAYS}


def values():
    """Return the values that the page quotes, by name."""
    record = measured("sequences_in_pieces.stateful_training")
    return {
        **{way: record[way] for way in WAYS},
        **{f"{way}_{name}": getattr(record[way], name)()
           for way in WAYS for name in ("min", "max")},
    }


def main():
    """Print the share of right answers, seed by seed."""
    v = values()
    print("# training")
    print("seed 1 to 5, percent right in second pieces")
    for way in WAYS:
        print(f"{way:9}", " ".join(f"{p:6.1f}" for p in v[way]))


if __name__ == "__main__":
    main()
