"""Saving and moving: does training go on as if nothing had happened?

Run `python -m snippets.saving_and_moving.training` for the page's output.
"""

import warnings
from tempfile import TemporaryDirectory

import keras
import numpy as np

from snippets.saving_and_moving.files import (
    by_keras, by_npz, by_weights, inside)
from snippets.saving_and_moving.model import build, off, x


# --8<-- [start:trained]
def trainable(built=False):
    """Return the model, ready to be trained by Adam."""
    model = build()
    model.compile(keras.optimizers.Adam(0.1), "mse", run_eagerly=True)
    if built:                                    # make its running means now
        model.optimizer.build(model.trainable_variables)
    return model


def step(model):
    """Train one step towards 1 and 0; return the weights, as one array."""
    model.train_on_batch(x, np.array([[1.0], [0.0]]))
    return np.concatenate([w.ravel() for w in model.get_weights()])
# --8<-- [end:trained]


def values():
    """Return the values that the page quotes: how far a step is off."""
    model = trainable()
    for _ in range(3):
        before = step(model)
    with TemporaryDirectory() as folder, warnings.catch_warnings(
            record=True) as told:
        warnings.simplefilter("always")
        copies = {"keras": by_keras(model, folder),
                  "weights": by_weights(model, folder, trainable()),
                  "built": by_weights(model, folder, trainable(built=True)),
                  "npz": by_npz(model, folder, trainable())}
        of_adam = sum("optimizer/vars" in line
                      for line in inside(f"{folder}/model.keras"))
    after = step(model)
    found = {f"step_{name}": off(step(copy), after)
             for name, copy in copies.items()}
    skipped = [one for one in told if "Skipping variable" in str(one.message)]
    return found | {"step": off(after, before), "of_adam": of_adam,
                    "warnings": len(skipped)}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"same": ("the very same step",
                     not v["step_keras"] and not v["step_built"])}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# step")
    print(f"{'the step itself moves a weight by':34}{v['step']:z.4f}")
    for name, text in (("keras", "after load_model, off by"),
                       ("weights", "after load_weights"),
                       ("built", "the same, the optimiser built"),
                       ("npz", "after set_weights")):
        print(f"{text:34}{v[f'step_{name}']:z.4f}")


if __name__ == "__main__":
    main()
