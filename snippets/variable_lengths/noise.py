"""Do short strings teach less, and with noisier gradients? One by one.

`python -m snippets.recording.measure variable_lengths.noise` measures.
"""

import keras
import numpy as np

from snippets.reber.strings import count, reber, reber_of_length
from snippets.recording import drawing
from snippets.recording.measured import measured
from snippets.variable_lengths.batches import mixed
from snippets.variable_lengths.fits import build_model, renew, train
from snippets.variable_lengths.loss import pairs

EPOCHS = 4                                  # before the trained model is seen


# --8<-- [start:gradient]
def gradient(model, strings):
    """Return the gradient of the loss of these strings, all numbers in a row.

    The model is compiled with SGD and learning rate 1: what one step takes
    off the weights is the gradient. Afterwards the weights are put back.
    """
    before = model.get_weights()
    model.train_on_batch(*pairs(strings))
    after = model.get_weights()
    model.set_weights(before)
    return np.concatenate([(b - a).ravel() for b, a in zip(before, after)])
# --8<-- [end:gradient]


# --8<-- [start:by_length]
LENGTHS = range(5, 21)
EACH, ALL = 30, 1000                        # strings of a length, and of any


def by_length(model, each=EACH):
    """Return three numbers for each length of LENGTHS, (16,) each.

    spread: how far the gradient of a string is from the mean of its length;
    off: how far from the gradient of all strings; both as root mean square
    and in units of the length of that gradient. along: how much of it a
    string has, on average: 1 would be as much as all strings together.
    """
    rng = np.random.default_rng(1)
    G = gradient(model, [reber(rng) for _ in range(ALL)])  # (P,)
    size = np.linalg.norm(G)
    rows = []
    for length in LENGTHS:
        strings = [reber_of_length(rng, length) for _ in range(each)]
        g = np.array([gradient(model, [s]) for s in strings])  # (each, P)
        spread = np.sqrt(((g - g.mean(0)) ** 2).sum(1).mean()) / size
        off = np.sqrt(((g - G) ** 2).sum(1).mean()) / size
        rows.append([spread, off, (g @ G).mean() / size ** 2])
    return np.array(rows).T                                 # (3, 16)
# --8<-- [end:by_length]


TEN = LENGTHS.index(10)


def measure():
    """Measure at new models and after four epochs of training, 3 seeds."""
    model = build_model(keras.optimizers.SGD(1.0))
    learner = build_model(keras.optimizers.Adam(0.01))
    result = {}
    for seed in (1, 2, 3):
        renew(learner, seed)
        weights = {"new": learner.get_weights()}
        rng = np.random.default_rng(seed)
        strings = [reber(rng) for _ in range(512)]
        for _ in range(EPOCHS):
            train(learner, mixed(rng, strings))
        weights["trained"] = learner.get_weights()
        for name, arrays in weights.items():
            model.set_weights(arrays)
            for key, row in zip(("spread", "off", "along"), by_length(model)):
                row = [round(float(number), 3) for number in row]
                result.setdefault(f"{name}_{key}", []).append(row)
    return result


def values():
    """Return the values that the page quotes, by name."""
    record = measured("variable_lengths.noise")
    v = {"strings": np.array([count(0, length) for length in LENGTHS]),
         "lengths": np.array(LENGTHS), "seeds": len(record["new_off"])}
    for name, array in record.items():                      # (3, 16): seeds
        if name != "seconds":
            v |= {name: array.mean(0), f"{name}_low": array.min(0),
                  f"{name}_high": array.max(0)}
    slopes = np.polyfit(LENGTHS, record["trained_along"].T, 1)[0]  # (3,)
    falls = {f"{name}_fall": 100 * (1 - v[f"{name}_off"][TEN]
                                    / v[f"{name}_off"][0])
             for name in ("new", "trained")}
    return v | falls | {"slopes": slopes, "epochs": EPOCHS, "each": EACH,
                        "all": ALL}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    gain = v["new_along"]
    return {
        "no_further": ("Beyond that it does not fall any more", all(
            v[f"{name}_off"][-1] > 0.95 * v[f"{name}_off"][TEN]
            for name in ("new", "trained"))),
        "as_far": ("as far in the right direction as all strings together",
                   np.all(abs(gain - 1) < 0.2)),
        "no_rule": ("rises with the length for one seed and falls for another",
                    v["slopes"].min() < -0.02 and v["slopes"].max() > 0.02),
    }


def main():
    """Print the numbers of the page's table."""
    for name, array in values().items():
        print(f"{name:15}", array if np.ndim(array) else f"{array:.0f}")


def figures(values):
    """Return how far single gradients are off, over the length, as curves."""
    return {"noise": drawing.curve(
        {f"{name} model": values[f"{name}_off"]
         for name in ("trained", "new")},
        "symbols in the string", "distance from the mean gradient",
        "The noise of the gradient of one string",
        "How far the gradient of one string is from that of all strings, for "
        "strings of 5 to 20 symbols. Both curves fall: steeply at first, then "
        "slowly. The trained model's lies above the new model's.",
        start=5, top=8)}


if __name__ == "__main__":
    main()
