"""Each trap of the page."""

import importlib
from math import exp, tanh

import keras
import numpy as np
import pytest

from snippets.reber.strings import one_hot
from snippets.variable_lengths import traps as page
from snippets.variable_lengths.padding import LAYERS, make_layer


@pytest.fixture(scope="module")
def values():
    return page.values()


def last(inputs):
    """The miniature's last state with plain numbers."""
    h = c = 0.0
    for x in inputs:
        i, f, o = (
            1 / (1 + exp(-z))
            for z in (x - 0.5 * h + 0.5, -0.5 * x + h + 1, 0.5 * x + 1.5 * h - 0.2)
        )
        c = f * c + i * tanh(2 * x + 0.5 * h + 0.2)
        h = o * tanh(c)
    return h


def test_a_real_zero_is_masked(values):
    assert values["zero_masked"] == pytest.approx(last([1, -1]), abs=1e-6)
    assert values["other_value"] == pytest.approx(last([1, 0, -1]), abs=1e-6)


def test_index_zero_is_padding(values):
    without_b = np.array(make_layer("GRU")(one_hot("TXSE")[None]))[0]
    np.testing.assert_allclose(page.read_symbols("BTXSE", 0), without_b, rtol=0, atol=1e-12)
    assert values["index_one"] < 1e-12 < 1e-3 < values["index_zero"]


def test_pad_sequences():
    whole, cut, decimals, right = page.padded()
    assert whole.tolist() == [[0, 0, 1], [0, 2, 3], [4, 5, 6]]
    assert cut.tolist() == [[0, 1], [2, 3], [5, 6]]
    assert decimals.tolist() == [[0, 0], [0, 0]] and decimals.dtype == "int32"
    np.testing.assert_allclose(right, [[0.5, 0.7], [0.2, 0]], rtol=0, atol=1e-7)


def test_zero_output_acts_on_a_single_output(values):
    alone = np.array(make_layer("LSTM")(one_hot("BTXSE")[None]))[0]
    np.testing.assert_allclose(page.only_the_last(), alone, rtol=0, atol=1e-12)
    assert values["zero_output"] == 0 < values["output"]
    said = " ".join(keras.layers.RNN.__doc__.split())
    assert (
        "this field is only used when `return_sequences` is `True` and `mask` is provided" in said
    )


@pytest.mark.parametrize("name", LAYERS)
def test_nan_as_padding_spoils_the_gradient(name):
    tf = pytest.importorskip("tensorflow")
    layer = make_layer(name)
    x = np.concatenate([np.ones((1, 1, 7)), np.full((1, 1, 7), np.nan)], axis=1)
    with tf.GradientTape() as tape:
        h = layer(x, mask=np.array([[True, False]]))
        total = tf.reduce_sum(h)
    kernel = tape.gradient(total, layer.trainable_variables[0].value)
    assert np.all(np.isfinite(h)) and np.all(np.isnan(kernel))
    assert np.all(keras.layers.Masking(mask_value=np.nan).compute_mask(x))


@pytest.mark.parametrize(
    ("mask", "accepted"),
    [("11100", True), ("11111", True), ("00111", False), ("10100", False), ("00000", False)],
)
def test_masks_that_the_fused_kernel_accepts_by_keras_own_check(mask, accepted):
    tf = pytest.importorskip("tensorflow")
    rnn = importlib.import_module(
        "keras.src.backend.tensorflow.rnn"
    )  # beside a function of that name

    row = tf.constant([[digit == "1" for digit in mask]])
    if accepted:
        rnn._assert_valid_mask(row)
        return
    says = "that does not correspond to right-padded sequences, while using cuDNN, which is not supported"
    with pytest.raises(tf.errors.InvalidArgumentError, match=says) as error:
        rnn._assert_valid_mask(row)
    assert "use_cudnn=False" in str(error.value)


def test_what_the_documentation_says_of_the_fused_kernel():
    for layer in (keras.layers.LSTM, keras.layers.GRU):
        assert "Inputs, if use masking, are strictly right-padded." in layer.__doc__
    said = " ".join(keras.layers.Bidirectional.__doc__.split())
    assert "the output of the masked timestep will be zero regardless" in said
