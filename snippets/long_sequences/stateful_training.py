"""Training on pieces of series: in order, shuffled, and without a state.

Run `python -m snippets.long_sequences.stateful_training` for the output.
"""

import keras
import numpy as np

from snippets.gru.memory import one_mark
from snippets.recording.measured import measured

N, T, PIECE = 32, 16, 8                          # series a batch; steps
PIECES = T // PIECE
WAYS = ["in_order", "shuffled", "stateless"]


def pieces(groups, seed):
    """Return x (B N, 8, 3) and y (B N, 8, 2): batches of N, group by group.

    Batch 0 holds the first pieces of N series, batch 1 their second pieces.
    """
    x, kept = one_mark(groups * N, T, seed)      # the mark is at step 0
    y = np.repeat(kept * 1.0, T, axis=1)         # to be told at every step
    return [array.reshape(groups, N, PIECES, PIECE, -1).swapaxes(1, 2)
            .reshape(groups * PIECES * N, PIECE, -1) for array in (x, y)]


# --8<-- [start:reset]
class ResetAtTheStart(keras.callbacks.Callback):
    """Set the state to zero before each group's first batch."""

    def on_train_batch_begin(self, batch, logs=None):
        if batch % PIECES == 0:
            self.model.get_layer("rnn").reset_state()
# --8<-- [end:reset]


def train(way, seed, groups=8, epochs=25):
    """Return how many percent of answers are right in new second pieces."""
    keras.utils.set_random_seed(seed)
    stateful = way != "stateless"
    model = keras.Sequential([
        keras.Input(batch_shape=(N, PIECE, 3)),
        keras.layers.LSTM(4, return_sequences=True, stateful=stateful,
                          name="rnn"),
        keras.layers.Dense(2, activation="sigmoid"),
    ])
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.03))
    model.fit(*pieces(groups, seed), batch_size=N, epochs=epochs, verbose=0,
              shuffle=way == "shuffled",         # the default is True
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
    record = measured("long_sequences.stateful_training")
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
