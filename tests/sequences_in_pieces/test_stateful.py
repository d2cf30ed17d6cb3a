"""Pieces with their state carried over equal one long pass, bit by bit."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest

from hooks import ties
from snippets.layers.lstm import lstm
from snippets.lstm import trained
from snippets.lstm.miniature import U, W, b, x
from snippets.sequences_in_pieces import stateful as part


@pytest.fixture(scope="module")
def values():
    """As recorded: tests/test_recorded.py computes them anew."""
    record = json.loads(
        ties.record(Path(__file__).parents[2], "sequences_in_pieces.stateful").read_text(
            encoding="utf-8"
        )
    )
    return {name: np.array(entry["value"]) for name, entry in record.items()}


@pytest.mark.parametrize("recurrent", part.LAYERS)
def test_difference_0_in_float64(recurrent):
    rng = np.random.default_rng(4)
    inputs = rng.normal(size=(2, 9, 3))
    whole = recurrent(4, return_sequences=True, dtype="float64")
    expected = np.array(whole(inputs))
    cut = recurrent(4, return_sequences=True, stateful=True, dtype="float64")
    cut.build((2, None, 3))
    cut.set_weights(whole.get_weights())
    for pieces in ([0, 5, 6, 9], [0, 9]):  # the second time after a reset
        found = [np.array(cut(inputs[:, start:end])) for start, end in zip(pieces, pieces[1:])]
        assert np.abs(np.concatenate(found, axis=1) - expected).max() == 0
        cut.reset_states()  # the older name still works on a layer


def test_the_counts_of_the_page(values):
    for layer in part.LAYERS:
        assert values[layer.__name__.lower()].tolist() == [0, 0]
    assert values["carried"] == 0


def test_carried_by_hand_equals_numpy():
    inputs = np.random.default_rng(1).normal(size=(2, 7, 3))
    expected = lstm(inputs, trained.W, trained.U, trained.b)[-1]
    np.testing.assert_allclose(part.carried_by_hand(inputs, 3), expected, rtol=0, atol=1e-12)


def test_the_miniature_in_two_pieces(values):
    states = lstm(x[None], W, U, b)[-1, 0, :, 0]
    np.testing.assert_allclose([*values["first"], *values["second"]], states, rtol=0, atol=1e-12)
    from_zero = lstm(x[None, 2:], W, U, b)[-1, 0, :, 0]
    np.testing.assert_allclose(values["without"], from_zero, rtol=0, atol=1e-12)
    twice = lstm(np.concatenate([x, x])[None], W, U, b)[-1, 0, 3:, 0]
    np.testing.assert_allclose(values["again"], twice, rtol=0, atol=1e-12)


def test_no_gradient_passes_from_piece_to_piece():
    """Training on pieces is truncated: what came before the piece is a number."""
    import tensorflow as tf

    layer = keras.layers.SimpleRNN(2, stateful=True, dtype="float64")
    layer.build((1, None, 1))
    first, second = tf.ones((1, 3, 1), "float64"), tf.ones((1, 3, 1), "float64")
    with tf.GradientTape() as tape:
        tape.watch([first, second])
        layer(first)
        loss = tf.reduce_sum(layer(second))
    before, now = tape.gradient(loss, [first, second])
    assert before is None and np.abs(now).min() > 0


def test_exercise_5(values):
    series = np.arange(64)[:, None] * 1000 + np.arange(1000)
    batches = [series[:, start : start + 50] for start in range(0, 1000, 50)]
    assert values["batches"] == len(batches) == 20
    assert batches[-1][7, -1] == 7 * 1000 + 999
