"""A real .h5 file whose settings are those of Keras 2."""

import json

import h5py
import keras
import numpy as np
import pytest

from snippets.answers import old_file as answer


@pytest.fixture
def old(tmp_path):
    """A model, and a file of it that says of its GRU what Keras 2 said."""
    gru = keras.layers.GRU(2, name="gru")
    model = keras.Sequential([keras.Input((3, 1)), gru])
    path = tmp_path / "old.h5"
    model.save(path)
    with h5py.File(path, "r+") as file:
        config = json.loads(file.attrs["model_config"])
        layers = config["config"]["layers"]
        (settings,) = (layer["config"] for layer in layers if layer["class_name"] == "GRU")
        settings.update(time_major=False, implementation=2)
        file.attrs["model_config"] = json.dumps(config)
    return model, path


def test_keras_refuses_it_in_these_words(old):
    _, path = old
    with pytest.raises(ValueError) as error:
        keras.models.load_model(path, compile=False)
    assert "Unrecognized keyword arguments passed to GRU: {'time_major': False}" in str(error.value)


def test_the_answer_loads_it_and_it_gives_the_same(old):
    model, path = old
    x = np.random.default_rng(0).normal(size=(2, 3, 1))
    np.testing.assert_array_equal(answer.load(path)(x), model(x))


def test_time_major_is_not_passed_over():
    with pytest.raises(ValueError, match="exchange the first two axes"):
        answer.OldGRU(2, time_major=True)


def test_what_each_class_says():
    values = answer.values()
    assert values["refused"] and not values["old_refused"]
