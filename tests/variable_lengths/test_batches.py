"""The batches of the trainings hold what they say."""

import numpy as np
import pytest

from snippets.reber.strings import reber
from snippets.variable_lengths import batches as page

STRINGS = [reber(np.random.default_rng(seed)) for seed in range(100)]


@pytest.mark.parametrize("make", [page.mixed, page.similar, page.one_length])
def test_an_epoch_has_every_string_once(make):
    batches = make(np.random.default_rng(0), STRINGS)
    assert sorted(s for batch in batches for s in batch) == sorted(STRINGS)
    assert max(len(batch) for batch in batches) <= 32


def test_what_the_batches_hold():
    rng = np.random.default_rng(0)
    for batch in page.one_length(rng, STRINGS) + page.to_the_end(rng, STRINGS, 2):
        assert len({len(s) for s in batch}) == 1
    lengths = [len(batch[0]) for batch in page.to_the_end(rng, STRINGS, 2)]
    assert lengths == sorted(lengths)

    def spread(batches):
        return np.mean([np.ptp([len(s) for s in batch]) for batch in batches])

    assert spread(page.similar(rng, STRINGS)) < 0.6 * spread(page.mixed(rng, STRINGS))


def test_shares_of_padding():
    values = page.values()
    assert values["one_length"] == 0 < values["similar"] < 15 < 45 < values["mixed"]
