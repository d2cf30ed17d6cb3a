"""What Keras pairs in each call of the table, counted out by hand, and the formula for many sizes."""

import numpy as np
import pytest

from snippets.windows_of_a_series import pairings as part


@pytest.fixture(scope="module")
def values():
    return part.values()


LAST = {
    "plain": [14, 15, 16, 17], "itself": [15, 16, 17, 15], "both_cut": [12, 13, 14, 15],
    "two_ahead": [13, 14, 15, 17], "rate_wrong": [13, 15, 17, 16], "rate_right": [12, 14, 16, 17],
    "stride": [14, 15, 16, 17], "end": [13, 14, 15, 16],
}  # fmt: skip


def test_last_pairs(values):
    for name, pair in LAST.items():
        assert values[f"{name}_last"].tolist() == pair, name
    assert values["start_count"] == 0


def test_the_formula_counts_what_a_loop_finds():
    for n in range(1, 14):
        for length, rate, stride, ahead in np.ndindex(4, 3, 3, 3):
            sizes = length + 1, rate + 1, stride + 1, ahead + 1
            places = [
                i for i in range(0, n, sizes[2]) if i + (sizes[0] - 1) * sizes[1] + sizes[3] < n
            ]
            assert part.count(n, *sizes) == len(places), (n, sizes)
            late = part.targets(np.arange(n), sizes[0], sizes[1], sizes[3])
            if places:
                assert late[places[-1]] == places[-1] + length * sizes[1] + sizes[3]


def test_many_steps_ahead():
    x, y = part.many_ahead(np.arange(8), 3, 2)
    assert x.tolist() == [[i, i + 1, i + 2] for i in range(4)]
    assert y.tolist() == [[i + 3, i + 4] for i in range(4)]


def test_another_error_is_not_hidden():
    with pytest.raises(ValueError, match="end_index"):
        part.ask("s[3:]", end_index=8)


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = values | {
        "formula": values["formula"] + 1, "end_last": np.array([1, 2, 3, 4]), "start_count": 2,
        "both_cut_count": 5, "many": False,
    }  # fmt: skip
    assert not any(true for _, true in part.claims(other).values())
