"""The share of the gradient that is kept, against differences and the tape."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.lstm import trained
from snippets.sequences_in_pieces import truncated_share as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_cosine_and_ratio():
    right, there = (
        [np.array([[3.0, 4.0]]), np.array([0.0])],
        [np.array([[4.0, -3.0]]), np.array([0.0])],
    )
    assert part.kept(right, right) == pytest.approx((1, 1))
    assert part.kept(there, right) == pytest.approx((0, 1))
    assert part.kept([2 * a for a in right], right) == pytest.approx((1, 2))


@pytest.mark.parametrize("k", [24, 23])
def test_the_gradient_of_the_trained_lstm(k):
    x, right = part.one_mark(200, 24)
    layer = keras.layers.LSTM(2, return_state=True, dtype="float64")
    layer.build(x.shape)
    layer.set_weights([trained.W, trained.U, trained.b])
    with tf.GradientTape() as tape:
        state = None
        if k < 24:
            _, *state = layer(x[:, : 24 - k])
            state = [tf.stop_gradient(s) for s in state]
        h, *_ = layer(x[:, 24 - k :], initial_state=state)
        y = keras.ops.sigmoid(h @ trained.W_y + trained.b_y)
        loss = keras.ops.mean((y - right[:, 0]) ** 2)
    for hand, auto in zip(
        part.of_the_trained(k), tape.gradient(loss, layer.trainable_variables), strict=True
    ):
        np.testing.assert_allclose(hand, np.array(auto), rtol=0, atol=1e-10)


def test_the_mark_gets_nothing_unless_its_step_is_in_the_window(values):
    assert values["k"].tolist() == [1, 4, 8, 16, 23, 24]
    assert np.all(values["mark"][:-1] == 0) and values["mark"][-1] > 0.001
    assert values["cosine"][4] > 0.99
    assert np.all(np.diff(values["cosine"]) > 0)


@pytest.mark.parametrize("name", part.LAYERS)
def test_a_fresh_layer_by_the_tape(name):
    T, k = 12, 5
    keras.utils.set_random_seed(3)
    drawn = getattr(keras.layers, name)(4)  # in float32
    drawn.build((None, T, 2))
    layer = getattr(keras.layers, name)(4, return_state=True, dtype="float64")
    layer.build((None, T, 2))
    layer.set_weights(drawn.get_weights())
    rng = np.random.default_rng(3)
    x = rng.normal(size=(1, T, 2))
    target = rng.choice([-1, 1], size=4)
    with tf.GradientTape() as tape:
        _, *state = layer(x[:, : T - k])
        h, *_ = layer(x[:, T - k :], initial_state=[tf.stop_gradient(s) for s in state])
        loss = keras.ops.sum((h - target) ** 2) / 2
    theirs = tape.gradient(loss, layer.trainable_variables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(part, "FRESH", [k])
        W, U, *b = part.of_a_fresh_layer(name, 3, T=T, m=2, u=4)[k]
    for hand, auto in zip((W, U, np.squeeze(b)), theirs, strict=True):
        np.testing.assert_allclose(hand, np.array(auto), rtol=0, atol=1e-10)


@pytest.mark.claim
def test_ten_steps_of_fifty_have_nearly_the_whole_direction(values):
    assert values["fresh_k"].tolist() == [1, 2, 5, 10, 20, 50]
    for name in part.LAYERS:
        lowest, highest = (values[f"{name.lower()}_{end}"] for end in ("lowest", "highest"))
        assert lowest[3] > 0.97 and 0.3 < lowest[0] < highest[0] < 0.97
