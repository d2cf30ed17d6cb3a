"""The scan of eight steps against the account by hand, and its costs against formulas."""

import numpy as np
import pytest

from snippets.parallel_scan import tree as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_the_account_month_by_month(values):
    """By head: halve, pay in 2; pay in 1; halve; double, pay in 1; …"""
    assert values["h"].tolist() == [2, 3, 1.5, 4, 3, 3.5, 8, 7]
    assert values["same"] and values["keras_same"]


def test_each_level_holds_twice_as_many_steps(values):
    for level, (row_a, row_d) in enumerate(zip(values["level_a"], values["level_d"], strict=True)):
        for t in range(8):
            h, first = 0.0, max(0, t + 1 - 2**level)
            for s in range(first, t + 1):
                h = part.a[s] * h + part.d[s]
            assert row_d[t] == h and row_a[t] == np.prod(part.a[first : t + 1])


def test_the_halves(values):
    assert values["halves"].tolist() == [[0.5, 3], [1, 1]]
    assert values["all_four"].tolist() == values["in_turn"].tolist() == [0.5, 4]
    assert values["swapped"].tolist() == [1, 0.5]


def test_what_it_costs(values):
    for T, loop, scan, tree in zip(
        part.LENGTHS, *(values[f"{way}_cost"] for way in ("loop", "scan", "keras")), strict=True
    ):
        depth = T.bit_length() - 1  # T is a power of 2
        assert loop.tolist() == [T - 1, T - 1]
        assert scan.tolist() == [depth, T * depth - T + 1]
        assert tree.tolist() == [2 * depth - 1, 2 * T - 2 - depth]
    assert part.cost_of_scan(1) == (0, 0) and part.cost_of_scan(9)[0] == 4


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = {**values, "in_turn": values["swapped"], "swapped": values["halves"][1]}
    assert not any(true for _, true in part.claims(other).values())
