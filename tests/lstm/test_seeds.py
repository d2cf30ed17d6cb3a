"""What the page says of ten trainings of each model."""

import numpy as np
import pytest

from snippets.lstm import model as lstm
from snippets.lstm import seeds as lstm_seeds


@pytest.fixture(scope="module")
def values():
    return lstm_seeds.values()


@pytest.mark.claim
def test_the_lstm_ends_lower_nearly_always(values):
    assert len(values["lstm"]) == len(values["simple"]) == 10
    ratio = values["simple"] / values["lstm"]
    assert values["lower"] == (ratio > 1).sum() >= 8
    assert (ratio > 20).sum() >= 5


@pytest.mark.claim
def test_the_lstm_solves_it_with_seed_1_and_the_simple_rnn_does_not(values):
    assert len(values["losses_lstm"]) == len(values["losses_simple"]) == 20
    assert values["losses_lstm"][-1] < 0.01 and values["losses_simple"][-1] > 0.03


def test_the_simple_rnn_has_more_parameters():
    lstm_count, simple_count = (
        lstm.build_model(*model).count_params() for model in lstm_seeds.MODELS.values()
    )
    assert simple_count > lstm_count


def test_intervals_are_those_of_the_literature():
    """Newcombe (1998), Statistics in Medicine 17: 81 of 263, and 56 of 70 less 48 of 80."""
    np.testing.assert_allclose(lstm_seeds.wilson(81, 263), [0.2553, 0.3662], rtol=0, atol=5e-5)
    difference = lstm_seeds.newcombe(56, 70, 48, 80)
    np.testing.assert_allclose(difference, [0.0524, 0.3339], rtol=0, atol=5e-5)


def test_a_claim_fails_where_it_is_false(values):
    other = {**values, "simple": values["lstm"] + 1, "solved_by_percent": np.array([-10.0, 40.0])}
    assert not any(true for _, true in lstm_seeds.claims(other).values())
