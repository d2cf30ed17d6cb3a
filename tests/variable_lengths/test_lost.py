"""What keeps a mask, what loses it, and what is said about it."""

import keras
import numpy as np
import pytest

from snippets.variable_lengths import lost as page


@pytest.fixture(scope="module")
def values():
    return page.values()


def test_who_keeps_the_mask_and_who_warns(values):
    rows = dict(zip(page.layers_to_try(), zip(values["kept"].tolist(), values["warned"].tolist())))
    for name in (
        "Dense",
        "TimeDistributed(Dense)",
        "Dropout",
        "LayerNormalization",
        "LSTM, return_sequences=True",
        "Lambda, mask=...",
    ):
        assert rows[name] == (True, False), name
    for name in ("Lambda", "Conv1D", "Reshape", "Double, our own"):
        assert rows[name] == (False, True), name
    for name in ("LSTM", "2 * x"):
        assert rows[name] == (False, False), name


def test_the_warning_that_the_page_quotes():
    _, (message,) = page.keeps_mask(page.Double())
    assert (
        "this layer does not support masking and will therefore destroy the mask information"
        in message
    )
    assert "an exception will be raised" in " ".join(keras.layers.Masking.__doc__.split())


def test_saying_so_keeps_the_mask():
    layer = page.Double()
    layer.supports_masking = True
    assert page.keeps_mask(layer) == (True, [])
    assert page.keeps_mask(lambda x: keras.ops.multiply(x, 2)) == (False, [])
    assert page.keeps_mask(keras.layers.Rescaling(2.0)) == (True, [])


def test_arithmetic_in_a_functional_model_loses_the_mask_silently():
    x = keras.layers.Masking()(keras.Input((None, 7)))
    assert x._keras_mask is not None
    assert getattr(2 * x, "_keras_mask", None) is None


def test_a_lost_mask_shows_in_the_answers(values):
    assert values["moved_rescaling"] < 1e-6 < 0.1 < values["moved_by_hand"]
    np.testing.assert_array_equal(page.double(np.array([3])), [6])
