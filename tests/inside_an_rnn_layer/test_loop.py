"""A loop over a cell is a layer, and written out it is the same."""

import keras
import numpy as np
import pytest

from snippets.inside_an_rnn_layer import loop as page


@pytest.fixture(scope="module")
def values():
    return page.values()


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
@pytest.mark.parametrize("kind", [keras.layers.SimpleRNN, keras.layers.GRU])
def test_our_loop_over_the_cell_of_a_layer_is_the_layer(kind, dtype, tolerance):
    x = np.random.default_rng(1).normal(size=(2, 3, 3)).astype(dtype)
    layer = kind(5, return_sequences=True, dtype=dtype)
    states = np.array(layer(x))
    np.testing.assert_allclose(page.loop_over_cell(layer.cell, x), states, rtol=0, atol=tolerance)


def test_states_of_the_page_equal_keras(values):
    layer = keras.layers.SimpleRNN(3, return_sequences=True, dtype="float64")
    layer.build(page.x.shape)
    layer.set_weights([page.W, page.U, page.b])
    states = np.array(layer(page.x))
    np.testing.assert_allclose(values["h"], states[0], rtol=0, atol=1e-12)
    np.testing.assert_allclose(page.unrolled(page.x), states, rtol=0, atol=1e-12)


def test_the_lines_written_out_are_the_loop_bit_for_bit():
    x = np.random.default_rng(2).normal(size=(6, 5, 7))
    np.testing.assert_array_equal(page.unrolled(x), page.simple_rnn(x, page.W, page.U, page.b))


def test_parameters_do_not_depend_on_the_number_of_steps(values):
    assert list(values["parameters"]) == [7 * 3 + 3 * 3 + 3] * 4
    assert list(values["parameters_flat"]) == [T * 7 * 3 + 3 for T in (1, 5, 50, 500)]
    assert all(values[name] for name in ("loop_same", "cell_same", "keras_same"))
