"""Cells of our own: the same numbers as SimpleRNN, and a leak that Keras lacks."""

from math import tanh

import keras
import numpy as np
import pytest

from snippets.inside_an_rnn_layer import cell as page

PRECISIONS = [("float32", 1e-6), ("float64", 1e-12)]


def random(m, u, seed=0):
    rng = np.random.default_rng(seed)
    weights = rng.normal(size=(m, u)), rng.normal(size=(u, u)) / 2, rng.normal(size=u)
    return rng.normal(size=(3, 4, m)), weights


def simple(weights, dtype, **arguments):
    layer = keras.layers.SimpleRNN(len(weights[2]), return_sequences=True, dtype=dtype, **arguments)
    layer.build((3, None, len(weights[0])))
    layer.set_weights(weights)
    return layer


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize(("m", "u"), [(1, 1), (7, 3)])
def test_own_cell_equals_simple_rnn(m, u, dtype, tolerance):
    x, weights = random(m, u)
    x = x.astype(dtype)
    own = page.layer_of(page.OwnCell(u, dtype=dtype), weights, dtype=dtype)
    np.testing.assert_allclose(own(x), simple(weights, dtype)(x), rtol=0, atol=tolerance)


@pytest.mark.parametrize(
    "arguments", [{"go_backwards": True}, {"return_state": True}, {"unroll": True}]
)
def test_the_loop_brings_its_options(arguments):
    x, weights = random(2, 4)
    own = page.layer_of(page.OwnCell(4, dtype="float64"), weights, dtype="float64", **arguments)
    theirs = simple(weights, "float64", **arguments)
    for ours, expected in zip(keras.tree.flatten(own(x)), keras.tree.flatten(theirs(x))):
        np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-12)


def test_masks_and_stateful_come_with_the_loop():
    x, weights = random(2, 4)
    mask = np.arange(4) < np.array([[4], [1], [3]])
    own = page.layer_of(page.OwnCell(4, dtype="float64"), weights, dtype="float64")
    theirs = simple(weights, "float64")
    np.testing.assert_allclose(own(x, mask=mask), theirs(x, mask=mask), rtol=0, atol=1e-12)
    whole = np.array(theirs(x))
    stateful = keras.layers.RNN(page.OwnCell(4, dtype="float64"), stateful=True, dtype="float64")
    stateful.build((3, 3, 2))
    stateful.set_weights(weights)
    stateful(x[:, :2])
    np.testing.assert_allclose(stateful(x[:, 2:]), whole[:, -1], rtol=0, atol=1e-12)


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize("a", [0.0, 0.3, 1.0])
def test_leaky_cell_equals_numpy(a, dtype, tolerance):
    x, weights = random(2, 4)
    x = x.astype(dtype)
    W, U, b = (array.astype(dtype) for array in weights)
    layer = page.layer_of(page.LeakyCell(4, a=a, dtype=dtype), weights, dtype=dtype)
    states = np.array(layer(x))
    np.testing.assert_allclose(states, page.leaky(x, W, U, b, a), rtol=0, atol=tolerance)
    if a == 1:
        np.testing.assert_allclose(states, simple(weights, dtype)(x), rtol=0, atol=tolerance)
    if a == 0:  # exercise 6
        assert not states.any()


def test_leaky_miniature_in_the_open():
    h, plain, rows = 0.0, 0.0, []
    for x in (1, 0, -1):
        h, kept = 0.5 * h + 0.5 * tanh(0.8 * x + 0.5 * h + 0.1), 0.5 * h
        plain = tanh(0.8 * x + 0.5 * plain + 0.1)
        rows.append((kept, h - kept, h, plain))
    values = page.values()
    for name, numbers in zip(("kept", "written", "leaky", "plain"), zip(*rows)):
        assert values[name] == pytest.approx(numbers, abs=1e-12), name


def test_comparisons_of_the_page_agree():
    values = page.values()
    assert all(values[name] for name in ("own_same", "by_hand_same", "leaky_same"))


def test_only_state_size_and_call_must_be_there():
    class Bare(keras.layers.Layer):
        state_size = 2

        def call(self, inputs, states):
            return states[0], [states[0] + 1]

    assert np.array(keras.layers.RNN(Bare())(np.zeros((1, 4, 1)))).tolist() == [[3, 3]]

    class Started(Bare):
        def get_initial_state(self, batch_size=None):
            return [keras.ops.full((batch_size, 2), 7.0)]

    assert np.array(keras.layers.RNN(Started())(np.zeros((1, 4, 1)))).tolist() == [[10, 10]]
