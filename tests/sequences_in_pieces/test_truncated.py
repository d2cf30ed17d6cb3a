"""Truncation against Keras with stop_gradient, and the sums that remain."""

import numpy as np
import pytest

from snippets.backpropagation.miniature import gradients
from snippets.math_of_a_simple_rnn.miniature import U, W, W_y, b, b_y, x
from snippets.sequences_in_pieces import truncated as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_the_last_k_steps_equal_keras_with_stop_gradient(values):
    assert values["same_as_keras"]
    longer = np.random.default_rng(0).normal(size=(1, 7, 1))
    for k in (4, 20):
        np.testing.assert_allclose(
            part.by_hand(longer, k), part.truncated_by_tape(longer, k), rtol=0, atol=1e-10
        )


def test_all_steps_give_the_full_gradient(values):
    for name, scale in (("small", 10), ("large", 1)):
        full = [g.item() for g in gradients(x[None] / scale, W, U, b, W_y, b_y)[:3]]
        np.testing.assert_allclose(values[name][2], full, rtol=0, atol=1e-12)


def test_truncate_keeps_the_end_and_leaves_its_input_alone():
    dz = np.arange(1.0, 6.0).reshape(1, 5, 1)
    for k, expected in (
        (1, [0, 0, 0, 0, 5]),
        (3, [0, 0, 3, 4, 5]),
        (5, [1, 2, 3, 4, 5]),
        (9, [1, 2, 3, 4, 5]),
    ):
        assert part.truncate(dz, k)[0, :, 0].tolist() == expected
    assert dz.sum() == 15


def test_more_steps_are_not_always_better(values):
    assert abs(values["share"][1][2] - 100) > abs(values["share"][0][2] - 100)
    assert np.all(abs(values["large_share"][1] - 100) < 2)


def test_a_negative_start_counts_from_the_end(values):
    """k = 5 of 3 steps, without the maximum: the last two are kept instead of all."""
    assert values["wrong_b"] == pytest.approx(values["small"][1][2], abs=1e-12)


def test_exercise_4(values):
    pairs = [(t, s) for t in range(100) for s in range(100) if max(0, t - 9) <= s <= t]
    assert values["pairs"] == len(pairs) and values["pairs_all"] == 100 * 101 // 2
