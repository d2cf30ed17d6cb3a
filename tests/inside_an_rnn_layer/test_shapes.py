"""Row by row, and one matrix instead of two: a dense layer of Keras is the oracle."""

from math import tanh

import keras
import numpy as np
import pytest

from snippets.inside_an_rnn_layer import shapes as page
from snippets.inside_an_rnn_layer.model import U, W, W_y, b, b_y
from snippets.lstm import trained as lstm_trained


@pytest.fixture(scope="module")
def values():
    return page.values()


def dense(x, kernel, bias, activation):
    layer = keras.layers.Dense(len(bias), activation=activation, dtype="float64")
    layer.build((None, len(kernel)))
    layer.set_weights([kernel, bias])
    return np.array(layer(x))


def states(x, **arguments):
    layer = keras.layers.SimpleRNN(3, return_sequences=True, dtype="float64", **arguments)
    layer.build(x.shape)
    layer.set_weights([W, U, b])
    return np.array(layer(x))


def test_shapes_of_the_table(values):
    N, T, m, u = 2, 5, 7, 3
    assert [eval(shape) for shape in values["shapes"]] == [
        (N, T, m),
        (N, m),
        (m, u),
        (N, u),
        (N, u),
        (u, u),
        (u,),
        (N, u),
        (N, T, u),
        (u, m),
        (N, T, m),
    ]


def test_rows_equal_keras(values):
    h = states(page.x)
    np.testing.assert_allclose(values["h_1"], h[:, 1], rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["h_2"], h[:, 2], rtol=0, atol=1e-12)
    np.testing.assert_allclose(page.one_row(1, 2)[3], h[1, 2], rtol=0, atol=1e-12)
    assert values["rows_same"]


def test_samples_of_a_batch_never_meet():
    x = page.x.copy()
    before = states(x)
    x[1] = 9
    np.testing.assert_allclose(states(x)[0], before[0], rtol=0, atol=1e-12)


def test_one_matrix_is_a_dense_layer_on_input_and_state(values):
    h = states(page.x)
    xh = np.concatenate([page.x[:, 2], h[:, 1]], axis=1)
    by_keras = dense(xh, np.vstack([W, U]), b, "tanh")
    _, by_hand = page.stacked_step(page.x[:, 2], h[:, 1], page.WU, b)
    np.testing.assert_allclose(by_hand, by_keras, rtol=0, atol=1e-12)
    np.testing.assert_allclose(by_hand, h[:, 2], rtol=0, atol=1e-12)
    assert values["stacked_same"] and tuple(values["stacked_shape"]) == (7 + 3, 3)


def test_without_its_activation_it_is_another_layer(values):
    linear = states(page.x, activation="linear")[0]
    np.testing.assert_allclose(values["forgotten"], linear, rtol=0, atol=1e-12)
    assert np.abs(linear[4] - states(page.x)[0, 4]).min() > 1


def test_the_state_first(values):
    h = states(page.x)
    hx = np.concatenate([h[:, 1], page.x[:, 2]], axis=1)
    wrong = dense(hx, np.vstack([W, U]), b, "tanh")[0]
    np.testing.assert_allclose(values["h_first"], wrong, rtol=0, atol=1e-12)
    right = dense(hx, np.vstack([U, W]), b, "tanh")
    np.testing.assert_allclose(right, h[:, 2], rtol=0, atol=1e-12)


def test_a_bias_that_stands_upright(values):
    expected = [tanh(-0.96 + bias) for bias in (-0.74, 0.80, 0.71)]
    assert values["column"][:, 0] == pytest.approx(expected, abs=1e-12)
    with pytest.raises(ValueError):  # N = 2, u = 3: an error
        page.x[:, 0] @ W + b[:, None]


def test_packed_sums_of_the_lstm(values):
    both = np.vstack([lstm_trained.W, lstm_trained.U])
    assert both.shape == (5, 8)
    h = np.random.default_rng(0).normal(size=(4, 2))
    x = np.random.default_rng(1).normal(size=(4, 3))
    by_keras = dense(np.hstack([x, h]), both, lstm_trained.b, "linear")
    np.testing.assert_allclose(page.lstm_sums(x, h), by_keras, rtol=0, atol=1e-12)
    assert values["lstm_same"]


def test_outputs_have_a_matrix_of_their_own(values):
    p = dense(states(page.x), W_y, b_y, "softmax")
    assert p.shape == (2, 5, 7) and p.sum(axis=-1) == pytest.approx(np.ones((2, 5)))
