"""Saving and moving: a cell of one's own, and how Keras words its loss.

Run `python -m snippets.saving_and_moving.own_cell` for the page's outputs.
The cell is LeakyCell of snippets/inside_an_rnn_layer/cell.py.
"""

from tempfile import TemporaryDirectory

import keras

from snippets.inside_an_rnn_layer.cell import LeakyCell


# --8<-- [start:three]
class Unregistered(LeakyCell):
    """Right, but Keras does not know its name."""


@keras.saving.register_keras_serializable("unrolled")
class WithoutUnits(LeakyCell):
    """Leaves out `units`, which has no default."""

    def get_config(self):
        """Return too little."""
        return {**keras.layers.Layer.get_config(self), "a": self.a}


@keras.saving.register_keras_serializable("unrolled")
class WithoutA(LeakyCell):
    """Leaves out `a`, which has the default 1."""

    def get_config(self):
        """Return too little."""
        return {**keras.layers.Layer.get_config(self),
                "units": self.state_size}
# --8<-- [end:three]


def loaded(cell, folder):
    """Return the cell as a file gives it back."""
    model = keras.Sequential([keras.Input((4, 2)), keras.layers.RNN(cell)])
    model.save(f"{folder}/own.keras")
    return keras.models.load_model(f"{folder}/own.keras").layers[0].cell


def cloned(cell, folder):
    """Return the cell of a clone."""
    model = keras.Sequential([keras.Input((4, 2)), keras.layers.RNN(cell)])
    return keras.models.clone_model(model).layers[0].cell


def backwards(cell, folder):
    """Return the cell that Bidirectional makes for the way back."""
    both = keras.layers.Bidirectional(keras.layers.RNN(cell))
    return both.backward_layer.cell


def wrapped(cell, folder):
    """Return the cell of a clone, inside a TimeDistributed."""
    layer = keras.layers.TimeDistributed(keras.layers.RNN(cell))
    model = keras.Sequential([keras.Input((5, 4, 2)), layer])
    return keras.models.clone_model(model).layers[0].layer.cell


CELLS = LeakyCell, Unregistered, WithoutUnits, WithoutA
WAYS = {"load_model": loaded, "clone_model": cloned,
        "Bidirectional": backwards, "TimeDistributed": wrapped}


def said(error):
    """Return the sentence that says what is wrong: the last of the causes."""
    cause = str(error).split("Exception encountered: ")[-1]
    return cause.split(". ")[0].split(".__init__() ")[-1]


def outcome(cell, way):
    """Return the share a of a copy of a cell with 0.5, or what Keras says."""
    with TemporaryDirectory() as folder:
        try:
            return WAYS[way](cell(3, a=0.5), folder).a
        except TypeError as error:
            return said(error)


def values():
    """Return the values that the page quotes, by name."""
    found = {f"{cell.__name__}_{way}": outcome(cell, way)
             for cell in CELLS for way in WAYS}
    return found


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    def all_are(cell, wanted):
        return all(v[f"{cell}_{way}"] == wanted for way in WAYS)

    return {"silent": ("without a word", all_are("WithoutA", 1)),
            "one_word": ("the same of each cell", all(
                len({v[f"{cell.__name__}_{way}"] for way in WAYS}) == 1
                for cell in CELLS))}


def main():
    """Print the output that the page shows: all ways say the same."""
    v = values()
    print("# outcome")
    for cell in CELLS:
        found = v[f"{cell.__name__}_load_model"]
        told = found if isinstance(found, str) else f"a = {found:.1f}"
        print(f"{cell.__name__}:\n    {told}")


if __name__ == "__main__":
    main()
