"""ConvLSTM: where a moving dot will be, beside an LSTM on flattened pixels.

Run `python -m snippets.convlstm.moving` for the table of the page.
What the trainings gave is recorded; train anew with
`python -m snippets.recording.measure convlstm.moving`.
"""

import itertools

import keras
import numpy as np

from snippets.recording.measured import measured
from snippets.variable_lengths.fits import interval

# --8<-- [start:films]
SIDE, T = 8, 3                             # places a side, frames to read


def make_films():
    """Return every path (films, T + 1, 2) of a dot that stays inside."""
    step = np.arange(T + 1)[:, None]                   # (T + 1, 1)
    paths = [np.array(start) + step * move             # (T + 1, 2)
             for start in itertools.product(range(SIDE), repeat=2)
             for move in itertools.product((-1, 0, 1), repeat=2)]
    return np.array([path for path in paths
                     if path.min() >= 0 and path.max() < SIDE])


def draw(paths):
    """Return the frames (films, T, rows, cols, 1): 1 at the dot, else 0."""
    films = np.zeros((len(paths), T, SIDE, SIDE, 1), "float32")
    for film, path in zip(films, paths):
        for frame, (row, col) in zip(film, path):      # the first T places
            frame[row, col] = 1
    return films


def next_place(paths):
    """Return the number of the place (films,) after the frames, row by row."""
    return paths[:, T] @ [SIDE, 1]
# --8<-- [end:films]


# --8<-- [start:models]
def conv_model(u):
    """Return a ConvLSTM of u filters; a number for each place comes out."""
    return keras.Sequential([
        keras.Input((T, SIDE, SIDE, 1)),
        keras.layers.ConvLSTM2D(u, 3, padding="same"),
        keras.layers.Conv2D(1, 3, padding="same"),     # (N, rows, cols, 1)
        keras.layers.Flatten(),                        # (N, places)
    ])


def flat_model(u):
    """Return an LSTM of u units that reads each frame as one row."""
    return keras.Sequential([
        keras.Input((T, SIDE, SIDE, 1)),
        keras.layers.Reshape((T, SIDE * SIDE)),
        keras.layers.LSTM(u),
        keras.layers.Dense(SIDE * SIDE),               # (N, places)
    ])
# --8<-- [end:models]


MODELS = {"conv_8": (conv_model, 8), "flat_8": (flat_model, 8),
          "flat_32": (flat_model, 32)}
EPOCHS, SEEDS = 60, range(1, 6)


# --8<-- [start:train]
def train(make, u, paths, seed, epochs=EPOCHS):
    """Return a model that has learned the next place of these paths."""
    keras.utils.set_random_seed(seed)
    model = make(u)
    model.compile(keras.optimizers.Adam(0.01),
                  keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(draw(paths), next_place(paths), epochs=epochs, verbose=0)
    return model


def right(model, paths):
    """Return how much of the films is guessed right, in percent."""
    guess = model.predict(draw(paths), verbose=0).argmax(-1)   # (films,)
    return 100 * np.mean(guess == next_place(paths))
# --8<-- [end:train]


# --8<-- [start:parts]
def parts(paths):
    """Return what is trained on and what is new, for two questions."""
    mixed = np.random.default_rng(0).permutation(paths)
    half, col = len(paths) // 2, paths[:, :, 1]        # (films, T + 1)
    return {"half": (mixed[:half], mixed[half:]),
            "left": (paths[(col < SIDE // 2).all(1)],
                     paths[(col >= SIDE // 2).all(1)])}
# --8<-- [end:parts]


def measure():
    """Return the percent right in what was trained on and in what is new."""
    found = {}
    for part, (known, new) in parts(make_films()).items():
        for name, (make, u) in MODELS.items():
            models = [train(make, u, known, seed) for seed in SEEDS]
            found[f"{name}_{part}"] = [
                [round(right(model, films), 1) for films in (known, new)]
                for model in models]
    return found


def values():
    """Return the values that the page quotes, by name."""
    films = make_films()
    stays = (films[:, T] == films[:, T - 1]).all(1)            # (films,)
    v = {"films": len(films), "seeds": len(SEEDS), "epochs": EPOCHS}
    for part, (known, new) in parts(films).items():
        v |= {f"{part}_known": len(known), f"{part}_new": len(new)}
    v["repeat"] = 100 * stays.mean()
    for name, (make, u) in MODELS.items():
        v |= {f"{name}_u": u, f"{name}_parameters": make(u).count_params()}
        for part in ("half", "left"):
            known, new = measured("convlstm.moving")[f"{name}_{part}"].T
            v |= {f"{name}_{part}": new,                       # (seeds,)
                  f"{name}_{part}_known": known,
                  f"{name}_{part}_range": np.array([new.min(), new.max()]),
                  f"{name}_{part}_known_range": np.array([known.min(),
                                                          known.max()])}
    for part in ("half", "left"):
        v[f"{part}_by"] = interval(v[f"conv_8_{part}"] - v[f"flat_8_{part}"])
    return v


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    new = np.array([v["flat_32_half"], v["flat_32_left"]])
    by_heart = np.array([v["flat_32_half_known"], v["flat_32_left_known"]])
    return {
        "always": ("in each of these trainings",
                   bool((v["half_by"][0] > 90) and (v["left_by"][0] > 80))),
        "by_heart": ("knows its own films by heart and no others",
                     bool(by_heart.min() > 95 and new.max() < 5)),
    }


def main():
    """Print the table of the page."""
    v = values()
    print("model    parameters  the new half   the right side   known films")
    for name in MODELS:
        cells = [f"{low:5.1f} to {high:.1f}" for low, high in (
            v[f"{name}_half_range"], v[f"{name}_left_range"],
            v[f"{name}_half_known_range"])]
        print(f"{name:8} {v[name + '_parameters']:10}", *cells)


if __name__ == "__main__":
    main()
