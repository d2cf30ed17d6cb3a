"""One more step of Adam, with its means and without."""

import numpy as np
import pytest

from snippets.saving_and_moving import training as page
from snippets.saving_and_moving.model import WEIGHTS


@pytest.fixture(scope="module")
def values():
    return page.values()


def test_with_the_means_it_is_the_same_step(values):
    assert values["step_keras"] == values["step_built"] == 0


def test_without_them_it_is_another_and_keras_warns_once(values):
    assert values["step_weights"] == values["step_npz"] > 0.05
    assert values["warnings"] == 1


def test_adam_keeps_two_arrays_a_weight_its_rate_and_its_steps(values):
    assert values["of_adam"] == 2 * len(WEIGHTS) + 2


def test_a_step_is_adams():
    """The first one, by the gradient's sign: finite differences of the loss by hand."""
    from snippets.saving_and_moving.model import by_hand, x

    def loss(weights):
        return np.mean((by_hand(x, *weights) - [[1], [0]]) ** 2)

    model = page.trainable()
    moved = page.step(model) - np.concatenate([w.ravel() for w in WEIGHTS])
    for at, array in ((0, 0), (20, 1), (50, 2), (63, 3)):  # one number of each
        weights = [w.copy() for w in WEIGHTS]
        place = at - sum(w.size for w in WEIGHTS[:array])
        weights[array].flat[place] += 1e-6
        slope = (loss(weights) - loss(WEIGHTS)) / 1e-6
        assert np.sign(moved[at]) == -np.sign(slope)
        assert abs(moved[at]) == pytest.approx(0.1, abs=0.001)


def test_it_is_off_by_more_than_the_step_and_by_no_more_than_both(values):
    assert values["step"] < values["step_weights"] < values["step"] + 0.1
