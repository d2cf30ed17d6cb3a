"""Shares of padding, against arrays that are really padded."""

import numpy as np
import pytest

from snippets.reber.strings import one_hot, reber
from snippets.variable_lengths import buckets as page
from snippets.variable_lengths.padding import pad


@pytest.fixture(scope="module")
def values():
    return page.values()


@pytest.fixture(scope="module")
def strings():
    rng = np.random.default_rng(0)
    return [reber(rng) for _ in range(1000)]


def padded_share(batches):
    masks = [pad([one_hot(string) for string in batch])[1] for batch in batches]
    return 100 * sum((~mask).sum() for mask in masks) / sum(mask.size for mask in masks)


def test_shares_are_those_of_padded_arrays(values, strings):
    assert values["all"] == pytest.approx(padded_share([strings]))
    assert values["random"] == pytest.approx(padded_share(page.cut(strings)))
    for size in (8, 32, 128):
        batches = page.cut(sorted(strings, key=len), size)
        assert values[f"bucketed_{size}"] == pytest.approx(padded_share(batches))


def test_buckets_lose_no_string_and_shuffle_the_batches(strings):
    lengths = np.array([len(string) for string in strings])
    batches = page.bucketed(np.random.default_rng(1), lengths)
    assert sorted(np.concatenate(batches)) == sorted(lengths)
    assert [max(batch) for batch in batches] != sorted(max(batch) for batch in batches)


def test_lengths(values, strings):
    lengths = [len(string) for string in strings]
    assert (values["median"], values["longest"]) == (np.median(lengths), max(lengths))
    assert values["lengths"] == len(set(lengths))
    assert values["alone"] == sum(lengths.count(length) == 1 for length in set(lengths))
    assert values["count"].sum() == 1000 and values["count"][0] == lengths.count(5)
