"""The GRU without its recurrent kernel: all steps at once, and one after the other."""

import keras
import numpy as np

from snippets.answers import min_gru as answer


def test_all_steps_at_once_are_what_keras_loops_over():
    assert answer.values()["same"]
    assert np.ptp(answer.gru(answer.x)) > 0.1


def test_and_what_a_plain_loop_gives():
    rng = np.random.default_rng(2)
    x, W, b = (rng.normal(size=shape) for shape in [(2, 7, 3), (3, 12), (12,)])
    h, states = 0, []
    for t in range(7):
        z, new = 1 / (1 + np.exp(-(x[:, t] @ W + b)[:, :4])), (x[:, t] @ W + b)[:, 8:]
        h = z * h + (1 - z) * new
        states.append(h)
    gru = keras.layers.GRU(4, reset_after=False, dtype="float64")
    gru.build(x.shape)
    gru.set_weights([W, np.zeros((4, 12)), b])
    found = answer.without_a_loop(gru, x)
    np.testing.assert_allclose(found, np.stack(states, 1), rtol=0, atol=1e-12)


def test_parameters():
    """One gate and the candidate, a kernel and a bias each; the GRU has three blocks, and U."""
    values = answer.values()
    assert values["parameters"] == 2 * (3 * 2 + 2)
    assert values["gru_parameters"] == 3 * (3 * 2 + 2 * 2 + 2)
