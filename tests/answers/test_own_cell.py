"""A cell of one's own, copied and saved."""

import keras
import numpy as np
import pytest

from snippets.answers import own_cell as answer


def test_three_steps_of_five_or_of_one():
    values = answer.values()
    assert values["kept"] == 3 * 5
    assert values["lost"] == 3 * 1


@pytest.mark.parametrize(("cell", "counted"), [(answer.Counter, 15), (answer.Forgetful, 3)])
def test_a_file_and_the_other_direction_do_what_the_copy_does(tmp_path, cell, counted):
    layer = keras.layers.RNN(cell(by=5))
    model = keras.Sequential([keras.Input((3, 1)), layer])
    model.save(tmp_path / "mine.keras")
    x = np.zeros((1, 3, 1))
    assert np.array(keras.models.load_model(tmp_path / "mine.keras")(x)).item() == counted
    assert np.array(keras.layers.Bidirectional(layer)(x))[0, 1] == counted


def test_without_the_decorator_the_class_is_not_found(tmp_path):
    class Unknown(answer.Counter):
        pass

    model = keras.Sequential([keras.Input((3, 1)), keras.layers.RNN(Unknown())])
    model.save(tmp_path / "mine.keras")
    with pytest.raises(TypeError, match="Could not locate class 'Unknown'"):
        keras.models.load_model(tmp_path / "mine.keras")
    known = {"Unknown": Unknown}
    assert keras.models.load_model(tmp_path / "mine.keras", custom_objects=known)
