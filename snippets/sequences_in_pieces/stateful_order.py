"""Stateful batches: which sample must stand where, and when to reset.

Run `python -m snippets.sequences_in_pieces.stateful_order` for the output.
"""

import keras
import numpy as np

from snippets.lstm import trained
from snippets.lstm.model import make_data


# --8<-- [start:model]
def build_model(N, T=None):
    """Return Part D's trained model, stateful: (N, T, 3) to (N, T, 2)."""
    model = keras.Sequential([
        keras.Input(batch_shape=(N, T, 3)),      # N fixed, T may be None
        keras.layers.LSTM(2, return_sequences=True, stateful=True, name="rnn"),
        keras.layers.Dense(2, activation="sigmoid"),
    ])
    model.set_weights([trained.W, trained.U, trained.b,
                       trained.W_y, trained.b_y])
    return model
# --8<-- [end:model]


def right_answers(model, order, reset, N=50, T=80, k=10):
    """Return how many percent of the answers of Part D's model are right.

    x has N series of T steps, cut into pieces of k. order(T/k, N) says which
    series stands in which place of each batch: (T/k, N) numbers of series.
    """
    x, y = make_data(N, T, seed=5)               # (N, T, 3) and (N, T, 2)
    right = []
    model.get_layer("rnn").reset_state()
    for place, series in enumerate(order(T // k, N)):
        if reset:
            model.get_layer("rnn").reset_state()
        piece = slice(place * k, place * k + k)
        answer = np.array(model(x[series, piece])) > 0.5  # (N, k, 2)
        right.append(np.all(answer == y[series, piece], axis=-1))
    return 100 * np.mean(right)


def in_order(pieces, N):
    """Return rows 0, 1, ..., N - 1: series i is sample i of every batch."""
    return np.tile(np.arange(N), (pieces, 1))    # (T/k, N)


def shuffled(pieces, N):
    """Return rows of 0, 1, ..., N - 1, each in another order."""
    return np.random.default_rng(0).permuted(in_order(pieces, N), axis=1)


def with_own_mark(N=50, T=80, k=10):
    """Return at how many percent of the steps the piece has had a mark."""
    marks = make_data(N, T, seed=5)[0][..., 2].reshape(N, T // k, k)
    return 100 * np.mean(np.cumsum(marks, axis=-1) > 0)


def rows_of_five():
    """Return how many rows predict gives for five samples, two at a time.

    None, if it refuses the last batch, as Keras on JAX and PyTorch does.
    """
    five = np.zeros((5, 10, 3))                  # (N, T, m)
    try:
        return len(build_model(2).predict(five, batch_size=2, verbose=0))
    except ValueError:
        return 0


def values():
    """Return the values that the page quotes, by name."""
    model = build_model(50)
    return {
        "in_order": right_answers(model, in_order, reset=False),
        "shuffled": right_answers(model, shuffled, reset=False),
        "reset": right_answers(model, in_order, reset=True),
        "own_mark": with_own_mark(),
        "rows_of_five": rows_of_five(),
    }


def main():
    """Print the share of right answers, as the table of the page has it."""
    v = values()
    for name in ("in_order", "shuffled", "reset"):
        print(f"{name:9} {v[name]:3.0f} percent right")


if __name__ == "__main__":
    main()
