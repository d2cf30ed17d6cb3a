"""The Jacobians by hand against automatic differentiation and finite differences."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.long_sequences import reach as part

CASES = {
    "SimpleRNN": (part.simple_rnn_jacobian, 1, keras.layers.SimpleRNNCell),
    "GRU": (part.gru_jacobian, 3, keras.layers.GRUCell),
    "LSTM": (part.lstm_jacobian, 4, keras.layers.LSTMCell),
}


@pytest.mark.parametrize("kind", CASES)
def test_jacobian_equals_automatic_differentiation_of_keras(kind):
    jacobian, gates, cell_class = CASES[kind]
    m, u = 3, 4
    rng = np.random.default_rng(gates)
    weights = [rng.normal(size=a.shape) for a in part.initial(gates, m, u, rng)]
    state = rng.normal(size=2 * u if gates == 4 else u)
    x = rng.normal(size=m)
    by_hand, after = jacobian(x, state, *weights)
    cell = cell_class(u, dtype="float64")
    cell.build((None, m))
    cell.set_weights(weights)
    before = tf.constant(state[None])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(before)
        _, states = cell(tf.constant(x[None]), tf.split(before, 2 if gates == 4 else 1, axis=1))
        new = tf.concat(states, axis=-1) if isinstance(states, (list, tuple)) else states
        new = tf.reshape(new, [-1])
    auto = tape.jacobian(new, before, experimental_use_pfor=False)[:, 0]
    np.testing.assert_allclose(by_hand, auto.numpy(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(after, new.numpy(), rtol=0, atol=1e-12)


@pytest.mark.parametrize("kind", CASES)
def test_the_product_is_the_derivative_over_several_steps(kind):
    """Finite differences, of the states alone."""
    jacobian, gates, _ = CASES[kind]
    rng = np.random.default_rng(7)
    weights = part.initial(gates, 3, 4, rng, 1.0 if gates == 4 else None)
    state = rng.normal(size=8 if gates == 4 else 4) * 0.3
    x = rng.normal(size=(6, 3))

    def last(start):
        for x_t in x:
            _, start = jacobian(x_t, start, *weights)
        return start

    step = 1e-6
    columns = [
        (last(state + step * e) - last(state - step * e)) / (2 * step) for e in np.eye(len(state))
    ]
    product = part.reach(jacobian, x, state, weights)[-1]
    np.testing.assert_allclose(product, np.transpose(columns), rtol=0, atol=1e-8)


def test_the_norm_is_the_most_that_a_vector_is_stretched():
    rng = np.random.default_rng(0)
    A = rng.normal(size=(5, 5))
    vectors = rng.normal(size=(5, 2000))
    stretched = np.linalg.norm(A @ vectors, axis=0) / np.linalg.norm(vectors, axis=0)
    assert part.norm(A) == pytest.approx(np.sqrt(np.linalg.eigvalsh(A.T @ A)[-1]), abs=1e-12)
    v = np.linalg.eigh(A.T @ A)[1][:, -1]
    assert np.linalg.norm(A @ v) == pytest.approx(part.norm(A), abs=1e-12)
    assert 0.95 * part.norm(A) < stretched.max() <= part.norm(A)


@pytest.mark.parametrize("kind", CASES)
def test_initial_weights_are_drawn_as_keras_draws_them(kind):
    _, gates, _ = CASES[kind]
    m, u = 7, 12
    layer = getattr(keras.layers, kind)(u)
    layer.build((None, None, m))
    theirs = layer.get_weights()
    ours = part.initial(gates, m, u, np.random.default_rng(0), 1.0 if gates == 4 else None)
    for a, b in zip(ours, theirs, strict=True):
        assert a.shape == b.shape
    limit = np.sqrt(6 / (m + gates * u))
    for W, U, b in (ours, theirs):
        assert 0.9 * limit < np.abs(W).max() <= limit
        np.testing.assert_allclose(U @ U.T, np.eye(u), rtol=0, atol=1e-5)
    np.testing.assert_array_equal(ours[2], theirs[2])


def test_the_two_units_in_plain_numbers():
    from math import tanh

    values = part.values()
    h = [0.4, -0.2]
    product = [[1.0, 0.0], [0.0, 1.0]]
    for x, name in ((0.5, "1"), (-1.0, "2")):
        h = [tanh(x + 0.8 * h[0] - 0.6 * h[1]), tanh(-x / 2 + 0.6 * h[0] + 0.8 * h[1])]
        J = [
            [(1 - h[0] ** 2) * 0.8, (1 - h[0] ** 2) * -0.6],
            [(1 - h[1] ** 2) * 0.6, (1 - h[1] ** 2) * 0.8],
        ]
        product = [[sum(J[i][k] * product[k][j] for k in (0, 1)) for j in (0, 1)] for i in (0, 1)]
        np.testing.assert_allclose(values[f"h_{name}"], h, rtol=0, atol=1e-12)
        np.testing.assert_allclose(values[f"J_{name}"], J, rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["product"], product, rtol=0, atol=1e-12)
    # The derivative foretells the change, up to the square of the nudge.
    np.testing.assert_allclose(values["change"], values["foretold"], rtol=0, atol=1e-4)
