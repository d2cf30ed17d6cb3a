"""What mask_zero makes of index 0: a mask, and a row that still exists.

Run `python -m snippets.embedding.mask` for the output of the page.
Shapes: N samples, T steps, V rows of the table, m numbers in a row, u units.
"""

import warnings

import keras
import numpy as np

from snippets.embedding.gradient import TARGET
from snippets.embedding.miniature import E, U, W, b, keras_embedding

# --8<-- [start:padded]
padded = np.array([[3, 2, 3],             # (N, T): cats see cats
                   [1, 2, 0]])            # dogs see, and padding
# --8<-- [end:padded]


# --8<-- [start:states]
def states(mask_zero):
    """Return the states (N, T, u) of the two sentences."""
    embedding = keras_embedding(mask_zero=mask_zero, dtype="float64")
    rnn = keras.layers.SimpleRNN(1, return_sequences=True, dtype="float64")
    rnn.build((None, None, 2))
    rnn.set_weights([W, U, b])
    return np.array(rnn(embedding(padded)))      # the mask goes along
# --8<-- [end:states]


# --8<-- [start:row_0]
def change_of_row_0(mask_zero, *others):
    """Return by how much one step with rate 1 moves row 0: its gradient."""
    model = keras.Sequential([keras_embedding(mask_zero=mask_zero), *others])
    model(padded)                                # builds all layers
    weights = [np.full(a.shape, 0.4) for a in model.get_weights()[1:]]
    model.set_weights([E, *weights])
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(1.0),
                  run_eagerly=True)
    model.train_on_batch(padded, np.full((2, 1), TARGET))
    return np.float32(E[0]) - model.layers[0].get_weights()[0][0]
# --8<-- [end:row_0]


def heads():
    """Return the gradient of row 0 with different layers behind it."""
    layers = keras.layers
    dense = layers.Dense(1)
    return {
        "without a mask": change_of_row_0(False, layers.SimpleRNN(1)),
        "SimpleRNN": change_of_row_0(True, layers.SimpleRNN(1)),
        "mean": change_of_row_0(
            True, layers.GlobalAveragePooling1D(), layers.Dense(1)),
        "Flatten": change_of_row_0(True, layers.Flatten(), dense),
    }


def values():
    """Return the values that the page quotes, by name."""
    embedding = keras_embedding(mask_zero=True, dtype="float64")
    with warnings.catch_warnings():       # that Flatten destroys the mask
        warnings.simplefilter("ignore")
        row_0 = heads()
    return {
        "mask": np.array(embedding.compute_mask(padded)).astype(int),
        "looked_up": np.array(embedding(padded))[1, 2],
        "masked": states(True), "unmasked": states(False),
        "row_0": np.array(list(row_0.values())), "heads": len(row_0),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    still = np.all(v["row_0"] == 0, axis=1).tolist()
    return {
        "zero": ("the gradient of row 0 is zero", still[1] and still[2]),
        "trained": ("row 0 is trained like any other",
                    not still[0] and not still[3]),
        "repeats": ("repeats the state before it",
                    v["masked"][1, 2] == v["masked"][1, 1]),
    }


def main():
    """Print the mask, the states and the gradients of row 0."""
    v = values()
    print("# mask")
    for indices, row in zip(padded, v["mask"]):
        print("indices", *indices, "  mask", *row)
    print("# states")
    for name in ("masked", "unmasked"):
        print(f"dogs see _, {name:9}",
              " ".join(f"{h:z7.4f}" for h in v[name][1, :, 0]))
    print("# row_0")
    names = ["no mask, SimpleRNN", "mask, SimpleRNN", "mask, mean",
             "mask, Flatten"]
    for name, numbers in zip(names, v["row_0"]):
        print(f"{name:20}", " ".join(f"{n:z7.4f}" for n in numbers))


if __name__ == "__main__":
    main()
