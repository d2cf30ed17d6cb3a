"""Training on pieces: the record's claim, and the order of the batches."""

import numpy as np
import pytest

from snippets.sequences_in_pieces import stateful_training as part


def test_each_sample_goes_on_in_the_next_batch():
    x, y = part.pieces(3, seed=2)
    series, kept = part.one_mark(3 * part.N, part.LENGTH, seed=2)
    assert x.shape == (3 * 2 * part.N, 8, 3) and y.shape == (3 * 2 * part.N, 8, 2)
    for group, place, sample in ((0, 0, 0), (0, 1, 5), (2, 1, 31)):
        row = (2 * group + place) * part.N + sample
        whole = group * part.N + sample
        np.testing.assert_array_equal(x[row], series[whole, 8 * place : 8 * place + 8])
        assert np.all(y[row] == kept[whole, 0])
    assert np.all(x[: part.N, 0, 2] == 1) and np.all(x[part.N : 2 * part.N, :, 2] == 0)


@pytest.mark.claim
def test_order_is_learned_and_shuffling_costs_and_no_state_is_guessing():
    values = part.values()
    assert np.median(values["in_order"]) > 95 and values["in_order_min"] > 85
    assert 40 < np.median(values["shuffled"]) < 95
    assert 10 < values["stateless_min"] and values["stateless_max"] < 45
