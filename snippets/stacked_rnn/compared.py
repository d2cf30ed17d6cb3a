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


# --8<-- [start:probe]
def probe(h, target):
    """Count the right answers of the best weighted sum of h (N, T, u)."""
    h = h.reshape(-1, h.shape[-1])                    # (N T, u)
    h = np.column_stack([h, np.ones(len(h))])         # and a bias
    target = target.reshape(-1)                       # (N T,), 0 or 1
    weights = np.linalg.lstsq(h, target, rcond=None)[0]
    return np.sum((h @ weights > 0.5) == (target > 0.5))
# --8<-- [end:probe]


def measure():
    """Return right answers to odd, and losses after 40 epochs, by model.

    Answers: (5,) for seeds 1 to 5, of 6000; "wide_longer", (3,): the wide layer
    after 120 epochs. Losses: (40,), with seed 1.
    """
    found = {}
    for name, units in MODELS.items():
        trained = [train(units, seed) for seed in range(1, 6)]
        right = [int(answers(model)[1]) for model, _ in trained]
        losses = [float(f"{loss:.2g}") for loss in trained[0][1]]
        found |= {name: right, f"losses_{name}": losses}
    longer = [train(MODELS["wide"], seed, 120)[0] for seed in range(1, 4)]
    found["wide_longer"] = [int(answers(model)[1]) for model in longer]
    return found


def values():
    """Return the values that the page quotes, by name."""
    x, y = make_data(N=1000, T=6, seed=1)
    fell, odd = y[..., 0], y[..., 1]                  # (1000, 6) each
    h1, h2 = layer_by_layer(x, layers)
    x_train, y_train = make_data()
    record = measured("stacked_rnn.compared")
    return {
        "steps": odd.size,
        "right": answers(by_hand),
        "right_100": answers(by_hand, T=100)[1],
        "always_no": np.sum(odd == 0),
        "detected": np.sum((h1[..., 3] < 0) == (fell == 1)),
        "odd_from_1": probe(h1, odd),
        "odd_from_2": probe(h2, odd),
        "loss": np.mean((by_hand(x) - y) ** 2),
        "loss_train": np.mean((by_hand(x_train) - y_train) ** 2),
        "two": record["two"] / odd.size,
        "wide": record["wide"] / odd.size,
        "wide_longer": record["wide_longer"] / odd.size,
        "one": record["one"] / odd.size,
        "losses": np.array([record[f"losses_{name}"] for name in MODELS]),
        "parameters": np.array([build_model(units).count_params()
                                for units in MODELS.values()]),
    }


def main():
    """Print the comparison, one row a model."""
    v = values()
    two, wide, one = v["parameters"]
    print("# compared")
    print("model            parameters  epochs  seeds  lowest  highest")
    for label, count, epochs, right in [
            ("layers of 5, 7", two, 40, v["two"]),
            ("one layer of 10", wide, 40, v["wide"]),
            ("one layer of 10", wide, 120, v["wide_longer"]),
            ("one layer of 5", one, 40, v["one"])]:
        print(f"{label:16} {count:10}  {epochs:6}  {len(right):5}  "
              f"{right.min():.4f}   {right.max():.4f}")


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
