"""Batches of mixed lengths, of similar lengths, and of one length each.

`python -m snippets.recording.measure variable_lengths.fits` trains.
"""

from math import comb

import keras
import numpy as np

from snippets.reber.strings import legal, reber
from snippets.recording.measured import measured
from snippets.variable_lengths.batches import (
    mixed, one_length, similar, to_the_end,
)
from snippets.variable_lengths.loss import pairs

SEEDS = 5
EPOCHS = 10
LONGER = 22                                             # epochs of "longer"
UNITS, RATE = 10, 0.01                                  # of the GRU, of Adam
STRINGS, NEW = 512, 300                                 # to train, to test
SHORT = 8                                               # symbols at most


def build_model(optimizer):
    """Return a GRU that predicts the next symbol: (N, T, 7) to (N, T, 7)."""
    model = keras.Sequential([
        keras.Input((None, 7)),
        keras.layers.Masking(),
        keras.layers.GRU(UNITS, return_sequences=True),
        keras.layers.Dense(7, activation="softmax")])
    model.compile(loss="categorical_crossentropy", optimizer=optimizer,
                  jit_compile=False)
    return model


def renew(model, seed):
    """Put a model back to the start, with weights drawn from this seed."""
    keras.utils.set_random_seed(seed)
    model.set_weights(build_model("sgd").get_weights())
    for variable in model.optimizer.variables:
        if variable is not model.optimizer.learning_rate:
            variable.assign(keras.ops.zeros_like(variable))


def train(model, batches):
    """Make one step of the optimiser for each batch of strings."""
    for batch in batches:
        model.train_on_batch(*pairs(batch))


# --8<-- [start:excess]
def excess(model, strings):
    """Return how far the loss is above the best possible, a step, each string.

    The answer of a step is compared with what the grammar says: each symbol
    that may follow is equally likely. Nothing is left to luck: (N,), >= 0.
    """
    x, _ = pairs(strings)
    log_p = np.log(np.array(model(x)))                  # (N, T, 7)
    losses = []
    for string, answer in zip(strings, log_p):
        q = legal(string[:-1])                          # (T, 7)
        q = q / q.sum(1, keepdims=True)                 # (T, 7): 1 or 1/2
        log_q = np.log(np.where(q > 0, q, 1))           # (T, 7)
        loss = (q * (log_q - answer[:len(q)])).sum(1)   # (T,)
        losses.append(loss.mean())
    return np.array(losses)
# --8<-- [end:excess]


def measure():
    """Train in five ways with several seeds; return the losses above best.

    "longer" has as many padded steps to compute in LONGER epochs of similar
    lengths as EPOCHS of mixed ones: the last entries, *_cells, say so.
    """
    test_rng = np.random.default_rng(99)
    test = [reber(test_rng) for _ in range(NEW)]
    long = np.array([len(string) > SHORT for string in test])
    model = build_model(keras.optimizers.Adam(RATE))
    result = {}
    for seed in range(1, SEEDS + 1):
        rng = np.random.default_rng(seed)
        strings = [reber(rng) for _ in range(STRINGS)]
        ways = {f.__name__: sum([f(rng, strings) for _ in range(EPOCHS)], [])
                for f in (mixed, similar, one_length)}
        ways["longer"] = sum([similar(rng, strings) for _ in range(LONGER)],
                             [])
        ways["to_the_end"] = to_the_end(rng, strings, EPOCHS)
        for name, batches in ways.items():
            renew(model, seed)
            train(model, batches)
            losses = excess(model, test)
            for key, part in (("short", losses[~long]), ("long", losses[long])):
                result.setdefault(f"{name}_{key}", []).append(
                    round(float(part.mean()), 3))
            result.setdefault(f"{name}_steps", []).append(len(batches))
            cells = sum(len(b) * max(len(s) - 1 for s in b) for b in batches)
            result.setdefault(f"{name}_cells", []).append(cells)
    return result


def interval(differences):
    """Return the 95 % interval of the mean of five differences, by Student."""
    error = differences.std(ddof=1) / np.sqrt(len(differences))
    return differences.mean() + np.array([-2.776, 2.776]) * error


def values():
    """Return the values that the page quotes, by name: lowest and highest."""
    v = {}
    for name, array in measured("variable_lengths.fits").items():
        v[name] = array
        if array.ndim:                                  # one entry a seed
            v |= {f"{name}_low": array.min(), f"{name}_high": array.max()}
    return v | {
        "seeds": len(v["mixed_short"]), "epochs": EPOCHS, "longer": LONGER,
        "units": UNITS, "rate": RATE, "strings": STRINGS, "new": NEW,
        "short": SHORT,
        "by_chance": comb(2 * SEEDS, SEEDS) // 2,       # one in so many
        "longer_short_by": interval(v["longer_short"] - v["mixed_short"]),
        "longer_long_by": interval(v["longer_long"] - v["mixed_long"]),
        "cost": v["mixed_cells"].sum() / v["similar_cells"].sum(),
        "cost_longer": v["longer_cells"].sum() / v["mixed_cells"].sum(),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    def each(test):
        return all(test(part) for part in ("short", "long"))
    return {
        "fails": ("the model is far off on all of them", each(
            lambda part: v[f"to_the_end_{part}"].min()
            > 5 * v[f"similar_{part}"].max())),
        "lower": ("is lower in each of the five trainings", each(
            lambda part: np.all(v[f"mixed_{part}"] < v[f"similar_{part}"]))),
        "apart": ("the worst mixed training ends below the best of the others",
                  each(lambda part: v[f"mixed_{part}"].max()
                       < v[f"similar_{part}"].min())),
        "between": ("lies between in the mean", each(
            lambda part: v[f"mixed_{part}"].mean()
            < v[f"one_length_{part}"].mean()
            < v[f"similar_{part}"].mean())),
        "even": ("five trainings cannot tell them apart", each(
            lambda part: v[f"longer_{part}_by"].prod() < 0)),
    }


def main():
    """Print the range of each loss."""
    v = values()
    for name in ("mixed", "similar", "one_length", "longer", "to_the_end"):
        low, high = v[f"{name}_short_low"], v[f"{name}_long_high"]
        print(f"{name:10} {low:z.4f} to {high:z.4f}")


if __name__ == "__main__":
    main()
