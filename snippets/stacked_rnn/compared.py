"""Part C, compared: one recurrent layer against two, measured.

Run `python -m snippets.stacked_rnn.compared` for the page's output.
Training differs a little from machine to machine, so what it gave is recorded:
`python -m snippets.recording.measure stacked_rnn.compared` trains anew.
"""

import numpy as np

from snippets.layers.dense import dense
from snippets.recording import drawing
from snippets.recording.measured import measured
from snippets.stacked_rnn.by_hand import layer_by_layer, layers
from snippets.stacked_rnn.model import W_y, b_y, build_model, make_data, train

MODELS = {"two": (5, 7), "wide": (10,), "one": (5,)}  # units of each layer


# --8<-- [start:right]
def answers(model, T=6):
    """Return how many answers on 1000 fresh sequences are right, (2,)."""
    x, y = make_data(N=1000, T=T, seed=1)
    output = model(x)                      # (1000, T, 2)
    return np.sum((output > 0.5) == (y > 0.5), axis=(0, 1))


def by_hand(x):
    """Return the output of the printed weights."""
    return dense(layer_by_layer(x, layers)[-1], W_y, b_y)[1]
# --8<-- [end:right]


def measure():
    """Return right answers to odd, and losses after 40 epochs, by model.

    Answers: (5,) for seeds 1 to 5, of 6000; "wide_longer": those of the wide layer
    after 120 epochs. Losses: (40,), with seed 1.
    """
    found = {}
    for name, units in MODELS.items():
        trained = [train(units, seed) for seed in range(1, 6)]
        right = [int(answers(model)[1]) for model, _ in trained]
        losses = [float(f"{loss:.2g}") for loss in trained[0][1]]
        found |= {name: right, f"losses_{name}": losses}
    longer = [train(MODELS["wide"], seed, 120)[0] for seed in range(1, 6)]
    found["wide_longer"] = [int(answers(model)[1]) for model in longer]
    return found


def values():
    """Return the values that the page quotes, by name."""
    x, y = make_data(N=1000, T=6, seed=1)
    odd = y[..., 1]                                   # (1000, 6)
    x_train, y_train = make_data()
    long_odd = make_data(N=1000, T=100, seed=1)[1][..., 1]  # (1000, 100)
    record = measured("stacked_rnn.compared")
    return {
        "steps": odd.size,
        "right": answers(by_hand),
        "right_100": answers(by_hand, T=100)[1],
        "always_no": np.sum(odd == 0),
        "always_no_100": np.sum(long_odd == 0),
        "loss": np.mean((by_hand(x) - y) ** 2),
        "loss_train": np.mean((by_hand(x_train) - y_train) ** 2),
        "two": record["two"], "wide": record["wide"],     # (5,) each, a seed
        "wide_longer": record["wide_longer"], "one": record["one"],
        "chance": 2 ** len(record["two"]),  # as often as heads all the time
        "overtaken": np.sum(record["wide_longer"] > record["two"]),
        "losses": np.array([record[f"losses_{name}"] for name in MODELS]),
        "parameters": np.array([build_model(units).count_params()
                                for units in MODELS.values()]),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    two, wide, longer, one = (v[name] for name in
                              ("two", "wide", "wide_longer", "one"))
    same_seeds = len(two) == len(wide) == len(longer) == 5
    return {
        "behind": ("even its best seed is behind the worst of the others",
                   one.max() < min(two.min(), wide.min(), longer.min())),
        "better_than_no": ("does better than answering no at every step",
                           one.min() > v["always_no"]),
        "nearly": ("more than 98 of 100 answers right from every seed",
                   longer.min() > 0.98 * v["steps"]),
        "ahead": ("ahead of the wide one from each of the five seeds",
                  same_seeds and np.all(two > wide)),
        "closer": ("comes much closer to them",
                   np.mean(two) - np.mean(wide)
                   < (np.mean(wide) - np.mean(one)) / 2),
    }


def main():
    """Print the comparison, one row per model."""
    v = values()
    two, wide, one = v["parameters"]
    print("# compared")
    print("model            parameters  epochs   right from seed 1, 2, 3, 4, 5")
    for label, count, epochs, right in [
            ("layers of 5, 7", two, 40, v["two"]),
            ("one layer of 10", wide, 40, v["wide"]),
            ("one layer of 10", wide, 120, v["wide_longer"]),
            ("one layer of 5", one, 40, v["one"])]:
        print(f"{label:16} {count:10}  {epochs:6}  ",
              *[f"{each:5}" for each in right])


def figures(v):
    """Return the loss curves of the three models."""
    labels = ["two layers, 5 and 7 units", "one layer, 10 units",
              "one layer, 5 units"]
    return {"loss": drawing.curve(
        dict(zip(labels, v["losses"])), "epoch", "loss",
        "Loss of three models",
        "Three falling curves over 40 epochs. That of two layers falls "
        "lowest, nearly to zero; that of one layer of 10 units ends above "
        "it, that of one layer of 5 units well above both.")}


if __name__ == "__main__":
    main()
