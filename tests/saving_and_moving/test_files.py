"""What files of Keras hold: against what zipfile, h5py and NumPy say themselves."""

import io
import json
import zipfile

import h5py
import numpy as np
import pytest

from snippets.saving_and_moving import files as page
from snippets.saving_and_moving.model import WEIGHTS, answer, build, x


@pytest.fixture(scope="module")
def values():
    return page.values()


def test_the_list_is_that_of_the_file(tmp_path, values):
    build().save(tmp_path / "model.keras")
    names, *_ = values["listed"].partition("\n  ")
    with zipfile.ZipFile(tmp_path / "model.keras") as archive:
        assert names.split() == archive.namelist()
        assert {"keras_version", "date_saved"} == set(json.loads(archive.read("metadata.json")))
        file = h5py.File(io.BytesIO(archive.read("model.weights.h5")))
        for k, array in enumerate(WEIGHTS[:3]):
            stored = file[f"layers/gru/cell/vars/{k}"]
            np.testing.assert_array_equal(stored, np.float32(array))
            assert f"layers/gru/cell/vars/{k} {array.shape}" in values["listed"]
    assert values["listed"].count("vars/") == len(WEIGHTS)


def test_three_files_bring_the_same_back(values):
    assert [values[name] for name in ("keras", "weights", "npz")] == [0, 0, 0]


def test_a_file_of_other_weights_would_be_seen(tmp_path):
    other = build()
    other.set_weights([2 * w for w in WEIGHTS])
    copy = page.by_weights(other, tmp_path, build())
    assert page.off(answer(copy), answer(build())) > 0.1


def test_a_stateful_copy_begins_anew_and_the_model_goes_on(values):
    both = np.concatenate([x, x], axis=1)  # one sequence of eight steps
    np.testing.assert_allclose(values["goes_on"], answer(build(), both)[:, 0], rtol=0, atol=1e-6)
    np.testing.assert_array_equal(values["forgot"], answer(build())[:, 0])
    assert values["forgot_off"] > 0.1
