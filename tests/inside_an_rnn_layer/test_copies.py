"""Our cells are saved, loaded, cloned and read both ways; what a cell lacks is told or lost."""

import keras
import numpy as np
import pytest

from snippets.inside_an_rnn_layer import copies as page
from snippets.inside_an_rnn_layer.cell import (
    MINI,
    LeakyCell,
    OwnCell,
    layer_of,
    leaky,
)

CELLS = [OwnCell(4), LeakyCell(4, a=0.3)]
COPIES = [page.loaded, page.cloned]


@pytest.fixture
def weights():
    rng = np.random.default_rng(0)
    return rng.normal(size=(2, 4)), rng.normal(size=(4, 4)) / 2, rng.normal(size=4)


@pytest.fixture
def x():
    return np.random.default_rng(1).normal(size=(3, 5, 2))


def model_of(cell, weights):
    return keras.Sequential([keras.Input((None, len(weights[0]))), layer_of(cell, weights)])


def by_hand(x, cell, weights):
    W, U, b = weights
    return leaky(x, W, U, b, getattr(cell, "a", 1.0))


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("cell", CELLS)
def test_a_copy_computes_the_same(cell, copy, weights, x):
    model = model_of(type(cell).from_config(cell.get_config()), weights)
    other = copy(model)
    assert other.layers[0].cell is not model.layers[0].cell
    np.testing.assert_allclose(other(x), by_hand(x, cell, weights), rtol=0, atol=1e-6)


@pytest.mark.parametrize("cell", CELLS)
def test_both_ways_equal_numpy_forwards_and_backwards(cell, weights, x):
    states = np.array(page.both_ways(cell, weights)(x))
    backwards = by_hand(x[:, ::-1], cell, weights)[:, ::-1]
    expected = np.concatenate([by_hand(x, cell, weights), backwards], axis=-1)
    np.testing.assert_allclose(states, expected, rtol=0, atol=1e-6)


def test_comparisons_of_the_page_agree():
    values = page.values()
    assert values["loaded_same"] and values["cloned_same"] and values["forwards_same"]
    assert values["both_shape"].tolist() == [1, 3, 2]
    assert keras.saving.get_registered_object("unrolled>LeakyCell") is LeakyCell


class Unknown(LeakyCell):
    """A cell that Keras does not know by name."""


@keras.saving.register_keras_serializable(package="tests")
class Forgetful(LeakyCell):
    """A cell whose get_config leaves out an argument."""

    def get_config(self):
        return {name: value for name, value in super().get_config().items() if name != "a"}


@keras.saving.register_keras_serializable(package="tests")
class Plain(keras.layers.Layer):
    """A cell without get_config."""

    def __init__(self, units, a=1.0, **arguments):
        super().__init__(**arguments)
        self.state_size, self.a = units, a

    def call(self, inputs, states):
        return states[0], states


def test_without_the_decorator_all_but_saving_fails(tmp_path):
    model = model_of(Unknown(1, a=0.5), MINI)
    model.save(tmp_path / "model.keras")
    for copy in (*COPIES, lambda model: page.both_ways(model.layers[0].cell, MINI)):
        with pytest.raises(TypeError, match="Could not locate class 'Unknown'"):
            copy(model)
    custom = {"Unknown": Unknown}  # the other way, which the page names
    assert keras.models.load_model(tmp_path / "model.keras", custom_objects=custom)


@pytest.mark.parametrize("copy", COPIES)
def test_an_argument_that_get_config_leaves_out_is_lost_without_a_word(copy):
    model = model_of(Forgetful(1, a=0.5), MINI)
    assert copy(model).layers[0].cell.a == 1
    assert np.array(copy(model)(page.x_mini))[0, -1, 0] == pytest.approx(-0.4508, abs=5e-5)
    assert np.array(model(page.x_mini))[0, -1, 0] == pytest.approx(-0.0899, abs=5e-5)


def test_keras_notes_plain_arguments_itself():
    config = Plain(4, a=0.5).get_config()
    assert (config["units"], config["a"]) == (4, 0.5)
    assert Plain.from_config(config).a == 0.5
    with pytest.raises(NotImplementedError, match="must override `get_config"):
        Plain(4, a=np.float64).get_config()
