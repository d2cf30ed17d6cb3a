"""Long sequences: how often the answer is right, against the distance.

Run `python -m snippets.long_sequences.forgetting` for the page's output, and
`python -m snippets.recording.measure long_sequences.forgetting` to train.
"""

from math import comb

import keras
import numpy as np

from snippets.long_sequences.questions import DISTANCES, build_model, questions
from snippets.recording import drawing
from snippets.recording.measured import measured

# --8<-- [start:rows]
ROWS = {                         # layer, forget bias, short strings first?
    "SimpleRNN": ("SimpleRNN", None, False),
    "GRU": ("GRU", None, False),
    "LSTM": ("LSTM", None, False),         # None: as Keras starts it
    "LSTM, forget bias 5": ("LSTM", 5.0, False),
    "SimpleRNN, short first": ("SimpleRNN", None, True),
    "GRU, short first": ("GRU", None, True),
    "LSTM, short first": ("LSTM", None, True),
}
SEEDS = (1, 2, 3, 4, 5)
# --8<-- [end:rows]


# --8<-- [start:train]
class Solved(keras.callbacks.Callback):
    """Ends a training after a pass with more than 99 % right answers."""

    def on_epoch_end(self, epoch, logs=None):
        self.model.stop_training = logs["accuracy"] > 0.99


def start(model, seed, forget=None):
    """Give the model new weights, and its optimiser a new memory."""
    keras.utils.set_random_seed(seed)
    weights = keras.models.clone_model(model).get_weights()
    if forget is not None:
        u = len(weights[1])                # U is (u, 4u)
        weights[2][u:2 * u] = forget       # b: i, f, c~, o
    model.set_weights(weights)
    model.optimizer.build(model.trainable_variables)
    for memory in model.optimizer.variables:
        if "learning_rate" not in memory.path:
            memory.assign(keras.ops.zeros_like(memory))


def train(model, x, y, passes=30):
    """Train; return how many passes through the data it took."""
    history = model.fit(x, y, epochs=passes, batch_size=50, verbose=0,
                        callbacks=[Solved()])
    return len(history.epoch)


def percent_right(model, x, y):
    """Return how many of a hundred strings are answered rightly."""
    return 100 * np.mean((np.array(model(x)) > 0.5) == y)
# --8<-- [end:train]


def measure():
    """Train all rows at all distances from all seeds (some minutes)."""
    shape = len(ROWS), len(DISTANCES), len(SEEDS)
    right, passes = np.zeros(shape), np.zeros(shape, int)
    data = [(questions(D, 1000, seed=0), questions(D, 1000, seed=1))
            for D in DISTANCES]
    models, learned = {}, {}
    for r, (kind, forget, short_first) in enumerate(ROWS.values()):
        for d, (known, new) in enumerate(data):
            if (kind, d) not in models:    # compiled once for each distance
                models[kind, d] = build_model(kind, jit_compile=True,
                                              steps_per_execution=20)
            model = models[kind, d]
            for s, seed in enumerate(SEEDS):
                start(model, seed, forget)
                if short_first and d > 0:  # go on from the distance before
                    model.set_weights(learned[s])
                passes[r, d, s] = train(model, *known)
                right[r, d, s] = percent_right(model, *new)
                learned[s] = model.get_weights()
    return {"right": right.round(1), "passes": passes}


def chance(fewer, more, n):
    """Return how often chance alone gives such a difference, in percent.

    Of n trainings of each kind fewer and more succeeded. Source: Fisher's
    exact test, one-sided.
    """
    both = fewer + more
    ways = sum(comb(n, k) * comb(n, both - k)
               for k in range(more, min(n, both) + 1))
    return 100 * ways / comb(2 * n, both)


def values():
    """Return the values that the page quotes, by name."""
    record = measured("long_sequences.forgetting")
    right = record["right"]                # (rows, distances, seeds)
    solved = (right >= 95).sum(axis=-1).tolist()
    default, open_gate = solved[2:4]       # (distances,) each
    return {
        "right": right,
        "passes": record["passes"],
        "lowest": right.min(axis=-1),
        "highest": right.max(axis=-1),
        "solved": (right >= 95).sum(axis=-1),
        "chance_41": chance(default[2], open_gate[2], len(SEEDS)),
        "chance_81": chance(default[3], open_gate[3], len(SEEDS)),
        "seeds": len(SEEDS),
        "trainings": right.size,
        "between": ((right > 60) & (right < 95)).sum(),
    }


def claims(v):
    """Return what the page says of these trainings, and whether it is true."""
    simple, gru, lstm = v["solved"][:3]    # (distances,) each
    every = v["seeds"]
    return {
        "near": ("At a distance of 11 every layer succeeds from every seed",
                 (v["solved"][:, 0] == every).all()),
        "gru_gives_up": ("at 41 and 81 never", not gru[2:].any()),
        "none_at_81": ("after none of them", gru[3] == 0),
        "lstm_at_21": ("succeeds always at 21", lstm[1] == every),
        "simple_to_41": ("succeeds always up to 41",
                         (simple[:3] == every).all()),
    }


def figures(values):
    """Return the percentages of all trainings, a mark for each."""
    rows = dict(zip(list(ROWS)[:4], values["right"]))  # from scratch
    return {"right": drawing.marks(
        rows, DISTANCES, "distance in steps", "right answers, %",
        "Right answers against the distance",
        "Four rows, one for each layer, with five marks for each distance, "
        "one for each training. Most marks stand near 50 or near 100.")}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# found")
    print(f"{'distance':23}" + "".join(f"{D:4}" for D in DISTANCES))
    for row, solved in zip(ROWS, v["solved"]):
        print(f"{row:23}" + "".join(f"{n:4}" for n in solved))


if __name__ == "__main__":
    main()
