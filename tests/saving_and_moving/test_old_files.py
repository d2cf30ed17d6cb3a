"""Files with the settings of Keras 2: real ones, edited as that Keras wrote them."""

import keras
import numpy as np
import pytest

from snippets.saving_and_moving import old_files as page
from snippets.saving_and_moving.model import WEIGHTS, answer, build, by_hand, x


@pytest.fixture
def old(tmp_path):
    build().save(tmp_path / "old.h5")
    page.edit(tmp_path / "old.h5", page.age)
    return tmp_path / "old.h5"


def test_keras_refuses_it_until_it_is_mended(old):
    with pytest.raises(ValueError, match="Unrecognized keyword arguments passed to GRU"):
        page.opened(old)
    page.edit(old, page.mend)
    np.testing.assert_allclose(answer(page.opened(old)), by_hand(x, *WEIGHTS), rtol=0, atol=1e-6)


def test_time_major_is_not_passed_over(old):
    page.edit(old, lambda config: config.update(time_major=True))
    with pytest.raises(ValueError, match="exchange the first two axes"):
        page.edit(old, page.mend)


def test_implementation_is_ignored(old):
    page.edit(old, lambda config: config.pop("time_major", None))  # implementation=2 stays
    np.testing.assert_array_equal(answer(page.opened(old)), answer(build()))


def test_what_is_said_of_a_bias_of_one_row():
    values = page.values()
    assert values["old_bias"] == 3 * 3 and values["new_bias"] == 2 * 3 * 3
    assert "(2, 9) is not compatible with provided weight shape (9,)" in values["bias_message"]
    assert values["mended"] == values["anew"] == 0


def test_a_bias_of_two_rows_makes_another_layer_of_reset_after_false():
    """So the page says: do not split the bias to make it fit."""
    before = keras.layers.GRU(3, reset_after=False, dtype="float64")
    before(x)
    W, U, b, *_ = WEIGHTS
    before.set_weights([W, U, b.sum(0)])
    after = keras.layers.GRU(3, dtype="float64")
    after(x)
    after.set_weights([W, U, np.stack([b.sum(0), 0 * b[0]])])
    assert np.abs(np.array(before(x)) - np.array(after(x))).max() > 0.01


def test_the_hard_sigmoid_of_keras_is_the_new_one():
    for a in (-4, -2.7, 0.3, 1, 2.7, 4):
        ours = page.gates(a)["new_hard"]
        assert float(keras.activations.hard_sigmoid(np.float32(a))) == pytest.approx(ours, abs=1e-6)
    assert page.gates(1.0) == pytest.approx(
        {"sigmoid": 0.73105858, "old_hard": 0.7, "new_hard": 2 / 3}
    )


def test_how_far_answers_drift():
    def by_gates(gate):
        h = np.zeros((2, 3))
        W, U, b, W_y, b_y = WEIGHTS
        for t in range(x.shape[1]):
            p, q = np.split(x[:, t] @ W + b[0], 3, -1), np.split(h @ U + b[1], 3, -1)
            z, r = gate(p[0] + q[0]), gate(p[1] + q[1])
            h = z * h + (1 - z) * np.tanh(p[2] + r * q[2])
        return (h @ W_y + b_y)[:, 0]

    values = page.values()
    old = by_gates(lambda a: np.clip(0.2 * a + 0.5, 0, 1))
    new = by_gates(lambda a: np.clip(a / 6 + 0.5, 0, 1))
    np.testing.assert_allclose(values["y_old_hard"], old, rtol=0, atol=1e-6)
    np.testing.assert_allclose(values["y_hard"], new, rtol=0, atol=1e-6)
    assert values["drift"] == pytest.approx(np.abs(old - new).max(), abs=1e-6)
