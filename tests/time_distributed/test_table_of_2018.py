"""The table of 2018: two rows determine it, the other four must follow."""

import numpy as np

from snippets.layers.dense import sigmoid
from snippets.time_distributed import table_of_2018 as old


def test_a_planted_table_gives_back_its_weights():
    W, b = np.array([[0.3, -1.0, 2.0], [0.5, 0.25, -0.5]]), np.array([-0.2, 0.1, 0.4])
    x = np.array([[1, 1], [0.8, 0.8], [0, 0]])
    found_b, total = old.recover(sigmoid(x @ W + b))
    np.testing.assert_allclose(found_b, b, rtol=0, atol=1e-12)
    np.testing.assert_allclose(total, W.sum(axis=0), rtol=0, atol=1e-12)


def test_the_four_other_rows_follow():
    c = np.array([[0.8], [0.6], [0.2], [1]])
    b, total = old.recover(old.table)
    # The table was computed in float32, whose numbers lie 6e-8 apart between 0.5 and 1.
    np.testing.assert_allclose(sigmoid(c * total + b), old.table[1:5], rtol=0, atol=1e-7)


def test_a_wrong_digit_in_the_table_is_found():
    table = old.table.copy()
    table[2, 1] += 1e-6
    b, total = old.recover(table)
    assert abs(sigmoid(0.6 * total + b) - table[2]).max() > 5e-7


def test_claims_follow_the_values(monkeypatch):
    values = old.values()
    assert all(true for _, true in old.claims(values).values())
    # Shifted, the rows of the inputs 0.6 and 0.2 lie on one side of one half.
    monkeypatch.setattr(old, "table", old.table + 0.2)
    assert not any(true for _, true in old.claims({"same": False}).values())
