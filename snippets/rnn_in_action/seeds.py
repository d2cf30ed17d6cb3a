"""RNN in action: ten trainings of each layer, and one trained model kept.

Run `python -m snippets.recording.measure rnn_in_action.seeds` to train anew,
`python -m snippets.rnn_in_action.seeds` for the outputs that the page shows.
"""

import keras
import numpy as np

from snippets.layers.simple_rnn import simple_rnn
from snippets.reber.strings import SYMBOLS, accepts, reber_of_length
from snippets.recording import drawing
from snippets.recording.measured import measured
from snippets.rnn_in_action.baselines import (
    all_and_only, cross_entropy, legal_throughout,
)
from snippets.rnn_in_action.generate import generate, sampler, softmax
from snippets.rnn_in_action.model import (
    make_pairs, make_strings, numbers, next_symbol_model, train_next_symbol,
)

NAMES = "E", "W", "U", "b", "W_y", "b_y"
LONG = 200, 40                               # strings, symbols of each
WRITTEN, CUT = 500, 100                      # strings, symbols at most
SHOWN = 30                                   # symbols of an argmax string
TEMPERATURES = 0.25, 0.5, 1, 1.5, 2, 4
LAYERS = {"simple": keras.layers.SimpleRNN, "lstm": keras.layers.LSTM,
          "gru": keras.layers.GRU}


def predict(x, weights):
    """Return the probabilities (N, T, 7) for the numbers x (N, T)."""
    E, W, U, b, W_y, b_y = weights
    h = simple_rnn(E[x], W, U, b)            # (N, T, m) to (N, T, u)
    return softmax(h @ W_y + b_y)            # (N, T, 7)


def measure():
    """Train each layer with seeds 1 to 10 and return what came of it."""
    training, test = make_strings()
    rng = np.random.default_rng(1)
    long = [reber_of_length(rng, LONG[1]) for _ in range(LONG[0])]
    unseen = [string for string in test if string not in set(training)]
    x, y = make_pairs(test)
    found = {}
    for name, layer in LAYERS.items():
        rows = {key: [] for key in ("losses", "test", "legal", "strict",
                                    "unseen", "long")}
        for seed in range(1, 11):
            keras.utils.set_random_seed(seed)
            model = next_symbol_model(layer)
            losses = train_next_symbol(model, *make_pairs(training))
            p = np.array(model(x))
            rows["losses"].append(np.round(losses, 3))
            rows["test"].append(round(float(cross_entropy(p, y)), 3))
            rows["legal"].append(legal_throughout(p, test).sum())
            rows["strict"].append(all_and_only(p, test).sum())
            for key, strings in ("unseen", unseen), ("long", long):
                p = np.array(model(make_pairs(strings)[0]))
                rows[key].append(legal_throughout(p, strings).sum())
            if name == "simple":
                add_written(found, model.get_weights())
        found |= {f"{key}_{name}": np.array(row) for key, row in rows.items()}
    return found


def add_written(found, weights):
    """Add what the model writes; of the first model, add its weights too."""
    weights = [np.round(w.astype(float), 2) for w in weights]
    if "E" not in found:
        found |= dict(zip(NAMES, weights))
    line = np.full(CUT, -1)                  # the argmax string, filled up
    string = generate(weights, np.argmax)
    line[:len(string)] = numbers(string)
    accepted, different, lengths = [], [], []
    for temperature in TEMPERATURES:
        choose = sampler(np.random.default_rng(2), temperature)
        strings = [generate(weights, choose) for _ in range(WRITTEN)]
        right = [s for s in strings if accepts(s)]
        accepted.append(len(right))
        different.append(len(set(right)))
        lengths.append(np.round(np.mean([len(s) for s in strings]), 1))
    new = {"argmax": line, "accepted": accepted, "different": different,
           "lengths": lengths}
    for key, value in new.items():
        old = found.get(key, np.empty((0, len(value)), np.asarray(value).dtype))
        found[key] = np.vstack([old, value])


def interval(one, other):
    """Return the 95 % interval of the difference of two means of ten."""
    error = np.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    return one.mean() - other.mean() + np.array([-2.10, 2.10]) * error


def values():
    """Return the values that the page quotes, by name."""
    m = measured("rnn_in_action.seeds")
    found = {"seeds": len(m["test_simple"]), "best": np.log(2) * 6 / 7}
    for name in LAYERS:
        losses = m[f"losses_{name}"]         # (seeds, epochs)
        found[f"losses_{name}"] = np.stack(
            [losses.min(0), np.median(losses, axis=0), losses.max(0)])
        for key in ("test", "legal", "strict", "unseen", "long"):
            found[f"{key}_{name}"] = np.sort(m[f"{key}_{name}"])[[0, -1]]
    for key in ("accepted", "different", "lengths"):  # (temperatures, 2)
        found[key] = np.sort(m[key], axis=0)[[0, -1]].T
    found["accepted_percent"] = 100 * found["accepted"] / WRITTEN
    for key in ("legal", "unseen", "long"):
        fewest = [found[f"{key}_{name}"][0] for name in LAYERS]
        found[f"{key}_fewest"] = min(fewest)
    tests = np.stack([m[f"test_{name}"] for name in LAYERS])
    last = [m[f"losses_{name}"][:, -1] for name in LAYERS]
    found |= {"test_lowest": tests.min(), "test_highest": tests.max(),
              "last_highest": np.max(last)}
    lengths = np.sum(m["argmax"] >= 0, axis=1)
    second = [m[f"losses_{name}"][:, 1] for name in ("gru", "simple")]
    return found | {
        "trainings": tests.size, "long": np.array(LONG), "written": WRITTEN,
        "cut": CUT, "shown": SHOWN,
        "test_means": tests.mean(axis=1),    # of SimpleRNN, LSTM, GRU
        "gru_behind": second[0].mean() - second[1].mean(),
        "gru_behind_by": interval(*second),
        "argmax": m["argmax"],
        "argmax_ended": np.sum(lengths < CUT),
        "argmax_endless": np.sum(lengths == CUT),
        "argmax_shortest": lengths.min(),
        "argmax_longest": lengths[lengths < CUT].max(),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    simple, *gated = v["test_means"]
    endless = [row for row in v["argmax"] if (row >= 0).all()]
    return {
        "fastest": ("The simple layer learns fastest here",
                    v["gru_behind_by"][0] > 0
                    and v["losses_simple"][2][1] < v["losses_lstm"][0][1]),
        "gates": ("nothing is gained by gates", simple < min(gated) + 0.002),
        "round": ("round and round in T, V, P, X", all(
            {SYMBOLS[k] for k in row[-50:]} == set("TVPX") for row in endless)),
        "cooling": ("Cooling takes this remainder away",
                    v["accepted_percent"][:2].min() > 99.5),
        "varied": ("With some seeds the strings become less varied",
                   v["different"][0][0] < 0.7 * v["different"][2][0]),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# argmax")
    for seed, row in enumerate(v["argmax"], 1):
        string = "".join(SYMBOLS[k] for k in row if k >= 0)
        print(f"{seed:2}  {string[:SHOWN]}{'...' * (len(string) > SHOWN)}")


def figures(values):
    """Return the loss during each epoch, what ten seeds span."""
    return {"loss": drawing.bands(
        {label: values[f"losses_{name}"] for label, name in
         (("SimpleRNN", "simple"), ("GRU", "gru"), ("LSTM", "lstm"))},
        "epoch", "loss", "Loss during each epoch, ten trainings of each layer",
        "Three falling curves over 12 epochs, each inside a band that ten "
        "seeds span. All start near the loss of a uniform guess and end on a "
        "level line, the best possible loss. SimpleRNN falls first, then GRU, "
        "then LSTM.", top=2, level=("best possible", values["best"]))}


if __name__ == "__main__":
    main()
