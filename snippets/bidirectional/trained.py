"""Both ways: the missing symbol, by trained layers. Measured with five seeds.

Run `python -m snippets.recording.measure bidirectional.trained` to train
anew, `python -m snippets.bidirectional.trained` for the page's output.
"""

import keras
import numpy as np

from snippets.bidirectional.missing import make_arrays, make_questions
from snippets.recording.measured import measured

SEEDS = 5


# --8<-- [start:model]
def model_of(layer):
    """Return a model: numbers (N, T) to chances of seven symbols (N, T, 7)."""
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        keras.layers.Embedding(9, 4, mask_zero=True),    # (N, T, 4)
        layer,                                           # (N, T, 24)
        keras.layers.Dense(7, activation="softmax"),
    ])


def layers():
    """Return what is compared; each gives 24 numbers a step."""
    GRU, both = keras.layers.GRU, keras.layers.Bidirectional
    return {"one": GRU(24, return_sequences=True),
            "both": both(GRU(12, return_sequences=True)),
            "end": GRU(24, return_sequences=True)}       # asked at the end
# --8<-- [end:model]


def right(name, seed, N=1024, epochs=15):
    """Train a model and return how many of 1000 new answers are right."""
    keras.utils.set_random_seed(seed)
    model = model_of(layers()[name])
    loss = keras.losses.SparseCategoricalCrossentropy(ignore_class=-1)
    model.compile(loss=loss, optimizer=keras.optimizers.Adam(0.01))
    at_end = name == "end"
    strings, places = make_questions(N, seed=0)
    x, y = make_arrays(strings, places, at_end)
    model.fit(x, y, epochs=epochs, batch_size=32, verbose=0)
    strings, places = make_questions(1000, seed=1)
    x, y = make_arrays(strings, places, at_end)
    answers = np.array(model(x)).argmax(-1)              # (N, T)
    return np.sum(answers == y)                          # y is -1 elsewhere


def measure():
    """Return right answers of 1000, (SEEDS,) for each model."""
    return {name: np.array([right(name, seed) for seed in range(1, SEEDS + 1)])
            for name in layers()}


def interval(one, other):
    """Return the 95 % interval of the mean difference, seed by seed."""
    by = one - other
    t = 2.776                        # of Student's distribution, 4 degrees
    return by.mean() + np.array([-t, t]) * by.std(ddof=1) / np.sqrt(len(by))


def values():
    """Return the values that the page quotes, by name."""
    m = measured("bidirectional.trained")
    percent = {name: m[name] / 10 for name in ("one", "both", "end")}
    return {name: np.sort(p)[[0, -1]] for name, p in percent.items()} | {
        "means": np.array([p.mean() for p in percent.values()]),
        "ahead": interval(percent["both"], percent["one"]),
        "seeds": len(m["one"]), "trained_on": 1024, "width": 24,
        "parameters": np.array([model_of(layer).layers[1].count_params()
                                for layer in layers().values()]),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "ahead_of": ("with every seed both ways are ahead",
                     v["both"][0] > v["one"][1]),
        "also": ("is right in nearly all cases, too", v["end"][0] > 99),
        "half": ("no better than a coin", 45 < v["means"][0] < 55),
    }


def main():
    """Print the right answers of each model, in percent."""
    v = values()
    names = {"one": "forward, at the blank", "both": "both ways, at the blank",
             "end": "forward, at the end"}
    print("# right")
    print("percent right, lowest to highest seed     parameters")
    for (name, words), count in zip(names.items(), v["parameters"]):
        low, high = v[name]
        print(f"{words:24} {low:5.1f} to {high:5.1f} {count:15}")


if __name__ == "__main__":
    main()
