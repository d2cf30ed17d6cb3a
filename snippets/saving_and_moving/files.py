"""Saving and moving: what the three files of Keras hold, and what not.

Run `python -m snippets.saving_and_moving.files` for the page's outputs.
"""

import io
import zipfile
from tempfile import TemporaryDirectory

import h5py
import keras
import numpy as np

from snippets.saving_and_moving.model import answer, build, off


# --8<-- [start:inside]
def inside(path):
    """Yield the files in a .keras, and the arrays in its weights.h5."""
    with zipfile.ZipFile(path) as archive:
        yield from archive.namelist()
        weights = io.BytesIO(archive.read("model.weights.h5"))
    with h5py.File(weights) as file:
        names = []
        file.visit(names.append)                 # folders and arrays
        for name in names:
            if isinstance(file[name], h5py.Dataset):
                yield f"  {name} {file[name].shape}"
# --8<-- [end:inside]


# --8<-- [start:three_ways]
def by_keras(model, folder):
    """Save everything, and return the model that comes back."""
    model.save(f"{folder}/model.keras")
    return keras.models.load_model(f"{folder}/model.keras")


def by_weights(model, folder, fresh):
    """Save the weights alone, and return a fresh model that has them."""
    model.save_weights(f"{folder}/model.weights.h5")
    fresh.load_weights(f"{folder}/model.weights.h5")
    return fresh


def by_npz(model, folder, fresh):
    """Save arrays for NumPy, and return a fresh model that has them."""
    np.savez(f"{folder}/model.npz", *model.get_weights())
    with np.load(f"{folder}/model.npz") as arrays:
        fresh.set_weights([arrays[name] for name in arrays.files])
    return fresh
# --8<-- [end:three_ways]


# --8<-- [start:stateful]
def next_answers():
    """Return what a stateful layer and its copy answer to the next piece."""
    model = build(stateful=True, batch=2)
    answer(model)                                # the first piece
    with TemporaryDirectory() as folder:
        copy = by_keras(model, folder)
    return answer(model), answer(copy)           # the next piece: (N, 1) each
# --8<-- [end:stateful]


def values():
    """Return the values that the page quotes, by name."""
    model = build()
    right = answer(model)
    with TemporaryDirectory() as folder:
        copies = {"keras": by_keras(model, folder),
                  "weights": by_weights(model, folder, build()),
                  "npz": by_npz(model, folder, build())}
        listed = list(inside(f"{folder}/model.keras"))
    found = {name: off(answer(copy), right) for name, copy in copies.items()}
    goes_on, forgot = next_answers()
    return found | {
        "listed": "\n".join(listed), "goes_on": goes_on[:, 0],
        "forgot": forgot[:, 0], "forgot_off": off(goes_on, forgot),
        "as_fresh": off(forgot, right)}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    def exact(*names):
        return not any(v[name] for name in names)

    return {"bit_by_bit": ("bit by bit", exact("keras", "weights", "npz")),
            "starts_anew": ("as if it had read nothing", exact("as_fresh"))}


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# inside")
    print(v["listed"])
    print("# stateful")
    print("the model goes on:", *(f"{y:z.4f}" for y in v["goes_on"]))
    print("what was loaded:  ", *(f"{y:z.4f}" for y in v["forgot"]))


if __name__ == "__main__":
    main()
