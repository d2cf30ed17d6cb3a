"""What truncation costs in training: an LSTM that must remember step 0.

Run `python -m snippets.sequences_in_pieces.truncated_training` for the output.
"""

import keras
import numpy as np

from snippets.gru.memory import one_mark
from snippets.recording.measured import measured

T = 8
WINDOWS = np.array([8, 7, 4])


# --8<-- [start:model]
def build_model(k, u=4):
    """Return a model (N, T, 3) to (N, 2); its last k steps send gradients."""
    x = keras.Input((T, 3))
    layer = keras.layers.LSTM(u, return_state=True)
    state = None
    if k < T:
        _, *state = layer(x[:, :T - k])          # h and c, (N, u) each
        state = [keras.ops.stop_gradient(s) for s in state]
    h, *_ = layer(x[:, T - k:], initial_state=state)
    return keras.Model(x, keras.layers.Dense(2, activation="sigmoid")(h))
# --8<-- [end:model]


def train(k, seed, epochs=25):
    """Return how many percent of 1000 new symbols a trained model keeps."""
    x, kept = one_mark(256, T, seed)             # (N, T, 3) and (N, 1, 2)
    keras.utils.set_random_seed(seed)
    model = build_model(k)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.05))
    model.fit(x, kept[:, 0] * 1.0, epochs=epochs, batch_size=32, verbose=0)
    x, kept = one_mark(1000, T, seed=1000)
    right = (np.array(model(x)) > 0.5) == kept[:, 0]
    return 100 * np.mean(np.all(right, axis=-1))


def measure():
    """Return the percentages of five seeds for each window."""
    return {f"k_{k}": [round(train(k, seed), 1) for seed in range(1, 6)]
            for k in WINDOWS}


def values():
    """Return the values that the page quotes, by name."""
    record = measured("sequences_in_pieces.truncated_training")
    runs = np.array([record[f"k_{k}"] for k in WINDOWS])
    return {"k": WINDOWS, "percent": runs,
            "lowest": runs.min(axis=1), "highest": runs.max(axis=1)}


def main():
    """Print what share of new symbols was kept, seed by seed."""
    v = values()
    print("# training")
    print("k    seed 1 to 5, percent of 1000 symbols kept")
    for k, row in zip(v["k"], v["percent"]):
        print(f"{k:2} ", " ".join(f"{percent:6.1f}" for percent in row))


if __name__ == "__main__":
    main()
