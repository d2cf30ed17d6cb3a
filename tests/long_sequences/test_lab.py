"""What the laboratory shows: norms, directions and windows, by Keras and automatic differentiation."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.long_sequences import lab as part
from snippets.long_sequences import norms
from snippets.long_sequences.way_back import layer, u

STEPS_BACK = (1, 3, 8)
SETTINGS = [
    ("SimpleRNN", True, 3, 1.2, 0.0, 8),
    ("GRU", False, 4, 0.8, 1.0, 8),
    ("LSTM", True, 5, 1.1, 2.0, 8),
]


def by_keras(setting, k):
    """Jacobian (u, u) of h_T by h_(T-k), its row sums' gradient, and the gradient of U by the last k steps."""
    x, weights = layer(*setting)
    rnn = getattr(keras.layers, setting[0])(u, return_state=True, dtype="float64")
    rnn.build((1, None, 7))
    rnn.set_weights(weights)
    _, *states = rnn(x[None, : len(x) - k])
    states = [tf.Variable(state) for state in states]
    with tf.GradientTape(persistent=True) as tape:
        h = rnn(x[None, len(x) - k :], initial_state=states)[0]
        sent = tf.reduce_sum(h) / 4
    J = tape.jacobian(h, states[0])[0, :, 0]
    return np.array(J), np.array(tape.gradient(sent, rnn.trainable_variables[1]))


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting[0])
def test_norms_directions_and_windows(setting):
    found = part.measured(*setting)
    assert found.shape == (4, 8)
    whole = by_keras(setting, 8)[1]
    for k in STEPS_BACK:
        J, dU = by_keras(setting, k)
        later = by_keras(setting, k - 1)[0] if k > 1 else np.eye(u)
        now, later = J.sum(0), later.sum(0)
        wanted = [
            np.log10(np.linalg.svd(J)[1][0]),
            now @ later / np.linalg.norm(now) / np.linalg.norm(later),
            np.log10(np.linalg.norm(dU)),
            (dU * whole).sum() / np.linalg.norm(dU) / np.linalg.norm(whole),
        ]
        np.testing.assert_allclose(found[:, k - 1], wanted, rtol=0, atol=1e-10)


def test_the_first_state_is_a_curve_of_the_figure():
    curve = norms.norms_of("LSTM", 0)[0]
    np.testing.assert_allclose(part.measured(*part.FIRST)[0, norms.BACK - 1], curve, atol=1e-12)


def test_random_states_are_of_all_kinds():
    kinds, noise, *_ = zip(*part.random_settings(), strict=True)
    assert set(kinds) == {"SimpleRNN", "GRU", "LSTM"} and set(noise) == {True, False}
    assert len(kinds) == part.STATES
