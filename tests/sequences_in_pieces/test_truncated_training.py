"""What truncation costs: the record's claim, and the model itself."""

import keras
import numpy as np
import pytest

from snippets.sequences_in_pieces import truncated_training as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_every_window_reads_all_steps():
    x, _ = part.one_mark(3, part.T, seed=1)
    outputs = []
    for k in (8, 7, 4):
        keras.utils.set_random_seed(5)
        outputs.append(np.array(part.build_model(k)(x)))
    np.testing.assert_allclose(outputs[1], outputs[0], rtol=0, atol=1e-6)
    np.testing.assert_allclose(outputs[2], outputs[0], rtol=0, atol=1e-6)


@pytest.mark.claim
def test_one_step_less_costs_most_of_what_is_learned(values):
    assert values["k"].tolist() == [part.T, part.T - 1, part.T // 2]
    full, less, half = np.median(values["percent"], axis=1)
    assert full > 90 and less < 65 and half < 65
