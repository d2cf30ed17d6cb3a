"""Part D, the task of the LSTM solved by a SimpleRNN with weights set by hand.

Run `python -m snippets.lstm.simple_by_hand` for the output of the page. What
20 trainings of SimpleRNNs gave is recorded; train anew with
`python -m snippets.recording.measure lstm.simple_by_hand`.
"""

import keras
import numpy as np

from snippets.lstm.model import build_model, make_data
from snippets.lstm import seeds
from snippets.recording.measured import measured

# --8<-- [start:weights]
# Units 0 and 1 keep the first sign, units 2 and 3 the second. Of each pair
# one is 1 where a plus is marked, the other where a plus is kept.
W = np.array([[10.0,   0,   0,   0],      # from the first sign
              [ 0.0,   0,  10,   0],      # from the second
              [10.0, -20,  10, -20]])     # from the mark; (m, u) = (3, 4)
U = np.array([[ 0.0,  10,   0,   0],
              [ 0.0,  10,   0,   0],
              [ 0.0,   0,   0,  10],
              [ 0.0,   0,   0,  10]])     # (u, u) = (4, 4)
b = np.array([-15.0, 10, -15, 10])        # (u,) = (4,)

W_y = np.array([[5.0, 0], [5, 0], [0, 5], [0, 5]])  # (u, m') = (4, 2)
b_y = np.array([5.0, 5])                  # (m',) = (2,)
# --8<-- [end:weights]

N, T = 1000, 64
UNITS, EPOCHS, SEEDS = 5, 20, 10
LONG = 200                                # epochs
SOLVED = 0.01                             # a loss below this


def right(seed=7):
    """Return the percentage of rightly kept signs in N sequences of T steps."""
    model = build_model(keras.layers.SimpleRNN, len(U))
    model.set_weights([W, U, b, W_y, b_y])
    x, y = make_data(N, T, seed)
    return 100 * np.mean((model.predict(x, verbose=0) > 0.5) == y)


def with_product(x):
    """Return x with each sign multiplied by the mark of its step."""
    return np.concatenate([x[..., :2] * x[..., 2:], x[..., 2:]], axis=-1)


def last_loss(seed, epochs, change):
    """Train a SimpleRNN as in model.py; return its last loss."""
    keras.utils.set_random_seed(seed)
    model = build_model(keras.layers.SimpleRNN, UNITS)
    optimizer = keras.optimizers.Adam(learning_rate=0.05)
    model.compile(loss="mse", optimizer=optimizer)
    x, y = make_data()
    history = model.fit(change(x), y, epochs=epochs, batch_size=32, verbose=0)
    return float(f"{history.history['loss'][-1]:.2g}")


def measure():
    """Return all last losses: with the product, and after more epochs."""
    numbers = range(1, SEEDS + 1)
    return {
        "product": [last_loss(seed, EPOCHS, with_product) for seed in numbers],
        "long": [last_loss(seed, LONG, lambda x: x) for seed in numbers],
    }


def values():
    """Return the values that the page quotes, by name."""
    found = measured("lstm.simple_by_hand")
    product, long = (np.sum(found[name] < SOLVED) for name in ("product", "long"))
    plain = np.sum(measured("lstm.seeds")["simple"][:, -1] < SOLVED)
    return {
        "right": right(),
        "units": len(U),
        "product": found["product"],             # (SEEDS,) last losses
        "long": found["long"],
        "solved_product": product,
        "solved_long": long,
        # What is gained over the trainings of seeds.py, in percentage points.
        "gain_product": 100 * seeds.newcombe(product, SEEDS, plain, SEEDS),
        "gain_long": 100 * seeds.newcombe(long, SEEDS, plain, SEEDS),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    gains = v["gain_product"][0], v["gain_long"][0]
    return {"both_help": ("more than chance explains", min(gains) > 0)}


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print(f"{v['right']:.1f} percent of the signs are right")
    print("seed   with the product   after many epochs")
    for seed, (product, long) in enumerate(zip(v["product"], v["long"]), 1):
        print(f"{seed:4}   {product:<16.2g}   {long:.2g}")


if __name__ == "__main__":
    main()
