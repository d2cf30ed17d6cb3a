"""ConvLSTM: films of a moving dot, and two networks that say where it goes.

Run `python -m snippets.convlstm.films` for the output of the page. Films are
made of paths: the places (row, column) of the dot, frame by frame.
"""

import itertools

import keras
import numpy as np

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
EPOCHS = 60


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


def parts(paths):
    """Return what is trained on and what is new, for two questions."""
    mixed = np.random.default_rng(0).permutation(paths)
    half, col = len(paths) // 2, paths[:, :, 1]        # (films, T + 1)
    return {"half": (mixed[:half], mixed[half:]),
            "left": (paths[(col < SIDE // 2).all(1)],
                     paths[(col >= SIDE // 2).all(1)])}


def values():
    """Return the values that the page quotes, by name."""
    films = make_films()
    stays = (films[:, T] == films[:, T - 1]).all(1)    # (films,)
    counts = {f"{part}_{which}": len(some)
              for part, pair in parts(films).items()
              for which, some in zip(("known", "new"), pair)}
    return {"films": len(films), "repeat": 100 * stays.mean(), **counts,
            **{name: make(u).count_params()
               for name, (make, u) in MODELS.items()}}


def main():
    """Print a film: the frames that are read, and the next."""
    path = np.array([[1, 0]]) + np.arange(T + 1)[:, None] * [1, 1]
    print("# film")
    print("   ".join(f"{name:{SIDE}}" for name in
                     ("t = 0", "t = 1", "t = 2", "next?")).rstrip())
    for row in range(SIDE):
        lines = ["".join("·#"[(row, col) == tuple(place)]
                         for col in range(SIDE)) for place in path]
        print("   ".join(lines))


if __name__ == "__main__":
    main()
