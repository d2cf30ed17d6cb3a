"""The miniature of both ways against two Keras layers, of which one reads the reversed input."""

import keras
import numpy as np
import pytest

from snippets.bidirectional import miniature as mini


@pytest.fixture(scope="module")
def values():
    return mini.values()


def by_keras(merge_mode, **options):
    layer = keras.layers.Bidirectional(
        keras.layers.SimpleRNN(1, dtype="float64", **options),
        merge_mode=merge_mode,
        dtype="float64",
    )
    layer.build((None, None, 1))
    pairs = [[[[W]], [[U]], [b]] for W, U, b in (mini.forward, mini.backward)]
    layer.set_weights([np.array(array) for arrays in pairs for array in arrays])
    given = layer(np.array(mini.x, float).reshape(1, -1, 1))
    return np.array(given)[0] if merge_mode else [np.array(part)[0, :, 0] for part in given]


def test_states_equal_those_of_keras(values):
    there, back = by_keras(None, return_sequences=True)
    np.testing.assert_allclose(values["there"], there, rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["back"], back, rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["ends"], by_keras("concat"), rtol=0, atol=1e-12)


@pytest.mark.parametrize("mode", mini.MERGE)
def test_merged_as_keras_merges(values, mode):
    theirs = by_keras(mode, return_sequences=True)
    np.testing.assert_allclose(
        values[mode].reshape(3, -1), theirs.reshape(3, -1), rtol=0, atol=1e-12
    )


def test_sums_are_those_that_tanh_undoes(values):
    for way in ("there", "back"):
        W, U, b = mini.forward if way == "there" else mini.backward
        z = np.arctanh(values[way])
        np.testing.assert_allclose(values[f"z_{way}"], z, rtol=0, atol=1e-12)
        np.testing.assert_allclose(
            values[f"xW_{way}"] + values[f"hU_{way}"] + b, z, rtol=0, atol=1e-12
        )
    assert values["hU_there"][0] == values["hU_back"][2] == 0  # where each begins
