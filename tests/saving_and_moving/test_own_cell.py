"""How Keras words the loss of a cell, in each of four ways."""

import keras
import numpy as np
import pytest

from snippets.saving_and_moving import own_cell as page

WAYS = [*page.WAYS]


@pytest.fixture(scope="module")
def values():
    return page.values()


@pytest.mark.parametrize("way", WAYS)
def test_each_way(values, way):
    assert values[f"LeakyCell_{way}"] == 0.5
    assert values[f"Unregistered_{way}"] == "Could not locate class 'Unregistered'"
    assert values[f"WithoutUnits_{way}"] == "missing 1 required positional argument: 'units'"
    assert values[f"WithoutA_{way}"] == 1


def test_a_forgotten_argument_changes_what_is_computed(tmp_path):
    x = np.random.default_rng(0).normal(size=(1, 4, 2))
    for cell, same in ((page.LeakyCell, True), (page.WithoutA, False)):
        model = keras.Sequential([keras.Input((4, 2)), keras.layers.RNN(cell(3, a=0.5))])
        model.save(tmp_path / "own.keras")
        copy = keras.models.load_model(tmp_path / "own.keras")
        assert np.allclose(copy(x), model(x), rtol=0, atol=1e-6) is same


def test_custom_objects_find_a_class_without_the_decorator(tmp_path):
    page.outcome(page.Unregistered, "clone_model")
    model = keras.Sequential([keras.Input((4, 2)), keras.layers.RNN(page.Unregistered(3, a=0.5))])
    model.save(tmp_path / "own.keras")
    known = {"Unregistered": page.Unregistered}
    copy = keras.models.load_model(tmp_path / "own.keras", custom_objects=known)
    assert copy.layers[0].cell.a == 0.5
