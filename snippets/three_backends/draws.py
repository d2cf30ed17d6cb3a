"""Three backends: what a seed draws, and what a training makes of it.

`python -m snippets.recording.measure three_backends.draws` computes it anew,
by Keras on TensorFlow, JAX and PyTorch, in a process each.
Shapes: N samples, T steps, m inputs a step, u units.
"""

import keras
import numpy as np

from snippets.recording.backends import BACKENDS, brief, on_each
from snippets.recording.measured import measured

N, T, m, u = 64, 6, 3, 4
EPOCHS = 20


# --8<-- [start:draws]
def draws():
    """Return what seed 1 draws: a kernel (m, 4u), and what is not dropped."""
    keras.utils.set_random_seed(1)
    lstm = keras.layers.LSTM(u)
    lstm.build((None, T, m))
    left = keras.layers.Dropout(0.5)(np.ones((1, 8)), training=True)  # (1, 8)
    return lstm.get_weights()[0], keras.ops.convert_to_numpy(left)[0] > 0
# --8<-- [end:draws]


# --8<-- [start:train]
def train(shuffle):
    """Return the weights after a training that starts from given ones."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(N, T, m))
    y = x.sum(axis=(1, 2))[:, None]                      # (N, 1)
    model = keras.Sequential([keras.Input((T, m)), keras.layers.LSTM(u),
                              keras.layers.Dense(1)])
    model.set_weights([rng.normal(0, 0.3, weights.shape)
                       for weights in model.get_weights()])
    model.compile("adam", "mse")
    keras.utils.set_random_seed(1)                       # for the shuffling
    model.fit(x, y, batch_size=8, epochs=EPOCHS, shuffle=shuffle, verbose=0)
    return model.get_weights()
# --8<-- [end:train]


def here():
    """Return all of it by the backend of this process."""
    kernel, left = draws()
    return {"kernel": kernel[0, :3], "left": left,
            "in_order": train(shuffle=False), "shuffled": train(shuffle=True)}


def measure():
    """Return draws by backend, and how far trained weights are off TensorFlow's."""
    found = on_each(here)
    tensorflow = found["tensorflow"]
    record = {name: [found[backend][name].tolist() for backend in BACKENDS]
              for name in ("kernel", "left")}
    for name in ("in_order", "shuffled"):
        record[name] = [brief(max(
            np.abs(mine - theirs).max()
            for mine, theirs in zip(found[backend][name], tensorflow[name])))
            for backend in BACKENDS]
    return record


def values():
    """Return the values that the page quotes, by name."""
    record = measured("three_backends.draws")
    return {
        "kernel": record["kernel"].astype("float32"),        # (backends, 3)
        "left": record["left"],                              # (backends, 8)
        "in_order": (record["in_order"] / 1e-7).round(3),    # (backends,)
        "shuffled": record["shuffled"],
        "batches": N // 8 * EPOCHS,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    others = v["in_order"][1:]
    return {
        "other_draws": ("three different kernels",
                        len({*map(tuple, v["kernel"].round(2))}) == 3),
        "same_training": ("the same weights but for the last bits of float32",
                          np.all(others * 1e-7 < 1e-5)),
        "shuffled_apart": ("other weights altogether",
                           np.all(v["shuffled"][1:] > 0.01)),
    }


def main():
    """Print what the page shows: a line for each backend."""
    v = values()
    print("# draws")
    print("            first weights            what dropout leaves")
    for name, kernel, left in zip(BACKENDS, v["kernel"], v["left"]):
        print(f"{name:10}", *(f"{weight:z7.4f}" for weight in kernel),
              "  ", *left.astype(int))


if __name__ == "__main__":
    main()
