"""What the page says of fifteen trainings."""

import numpy as np
import pytest

from snippets.attention import trainings as part
from snippets.recording.measured import measured


@pytest.fixture(scope="module")
def values():
    return part.values()


@pytest.mark.claim
def test_attention_holds_what_a_fixed_vector_does_not(values):
    record = measured("attention.trainings")
    assert all(record[name].shape == (5, 16) for name in part.MODELS)
    sixteen = part.LENGTHS.index(16)
    assert record["attention"][:, sixteen].min() > record["large"][:, sixteen].max()
    assert record["attention"][:, sixteen].min() > record["fixed"][:, sixteen].max()
    assert values["gain_large_16"][0] > 0 and values["gain_fixed_16"][0] > 20
    assert np.all(record["large"].mean(axis=0) >= record["fixed"].mean(axis=0))


@pytest.mark.claim
def test_beyond_its_training_it_fails_too(values):
    assert values["attention"][-1] < values["attention"][part.LENGTHS.index(16)] - 20


def test_the_interval_is_that_of_the_textbooks():
    """Five numbers, 1 to 5: mean 3, standard error sqrt(0.5)."""
    low, high = part.interval(np.arange(1, 6))
    assert low == pytest.approx(3 - 2.776 * np.sqrt(0.5))
    assert high == pytest.approx(3 + 2.776 * np.sqrt(0.5))
