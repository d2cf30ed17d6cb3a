"""What the lab of the page starts with, and its random states: tape against differences, steps against Keras."""

import keras
import numpy as np
import pytest

from snippets.backpropagation import lab as part
from snippets.backpropagation.gru import gru_gradients
from snippets.backpropagation.lstm import lstm_gradients
from snippets.math_of_a_simple_rnn.miniature import x
from snippets.optimisers.step import keras_steps
from tests.optimisers.test_step import keras_way


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_what_the_lab_starts_with(values):
    """The sums are those of which tanh makes the states; the steps those of Keras's own training."""
    W, U = values["w"][:2]
    h = np.append(0, np.tanh(values["z"]))
    np.testing.assert_allclose(values["z"], x[:, 0] / 10 * W + h[:3] * U, rtol=0, atol=1e-12)
    for name, optimizer in (("sgd", "SGD"), ("rmsprop", "RMSprop"), ("adam", "Adam")):
        [row] = keras_steps(x / 10, getattr(keras.optimizers, optimizer)(part.RATE), 1)
        np.testing.assert_allclose(values[name], row, rtol=0, atol=1e-6)


@pytest.mark.parametrize("kind", part.COUNTS)
def test_gradients_of_random_states_are_their_differences(values, kind):
    """A difference is wrong by the square of its step, times a third derivative."""
    chosen, results = values[f"{kind}_chosen"], values[f"{kind}_results"]
    most = 100 if kind == "simple_rnn" else 3
    assert results.shape == (part.COUNTS[kind], 5, chosen.shape[1] - 6)
    for row, (g, slopes, *_) in zip(chosen, results, strict=True):
        np.testing.assert_allclose(slopes, g, rtol=0, atol=most * row[4] ** 2 + 1e-9)
    assert abs(results[:, 0]).max() > 0.5


@pytest.mark.parametrize("kind", part.COUNTS)
def test_steps_of_random_states_are_those_of_keras(values, kind):
    for row, (g, _, *steps) in zip(
        values[f"{kind}_chosen"], values[f"{kind}_results"], strict=True
    ):
        for name, step in zip(("SGD", "RMSprop", "Adam"), steps, strict=True):
            [theirs] = keras_way(getattr(keras.optimizers, name)(row[5]), row[6:], [g])
            np.testing.assert_allclose(step, theirs, rtol=0, atol=2e-5)


def test_gradients_by_hand_differ_by_their_target_alone(values):
    """The page's functions, for the target 1: a gradient is proportional to the error."""
    for kind, by_hand in (("lstm", lstm_gradients), ("gru", gru_gradients)):
        for row, (g, *_) in zip(values[f"{kind}_chosen"], values[f"{kind}_results"], strict=True):
            sizes = np.cumsum([np.prod(shape) for shape in part.SHAPES[kind]])[:-1]
            weights = [
                piece.reshape(shape)
                for piece, shape in zip(np.split(row[6:], sizes), part.SHAPES[kind], strict=True)
            ]
            sequence = row[:3].reshape(1, 3, 1)
            output = part.by_numpy(kind, sequence, weights)
            hand = part.row(by_hand(sequence, *weights)) * (output - row[3]) / (output - 1)
            np.testing.assert_allclose(g, hand, rtol=1e-9, atol=1e-12)
