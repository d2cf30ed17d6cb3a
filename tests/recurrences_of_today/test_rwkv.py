"""The miniature of time mixing by arithmetic that is written out."""

import math

import numpy as np
import pytest

from snippets.recurrences_of_today import rwkv as page


def test_the_miniature_by_arithmetic_written_out():
    """Without the maximum, as the page computes it."""
    c = n = before = 0.0
    v_ = page.values()
    for t, x in enumerate((2.0, -3.0, 6.0)):
        mixed = (x + before) / 2
        k, v, o = mixed, 0.8 * mixed, 1 / (1 + math.exp(-0.6 * mixed))
        now = math.exp(0.3 + k)
        wkv = (c + now * v) / (n + now)
        c, n = math.exp(-0.4) * c + math.exp(k) * v, math.exp(-0.4) * n + math.exp(k)
        before = x
        names = ("mixed", "k", "v", "o", "wkv", "plain_c", "plain_n", "y")
        found = [v_[name][t] for name in names]
        np.testing.assert_allclose(found, [mixed, k, v, o, wkv, c, n, o * wkv], rtol=0, atol=1e-12)
        np.testing.assert_allclose(v_["c"][t] * math.exp(v_["m"][t]), c, rtol=1e-13)


def test_the_columns_add_up():
    v = page.values()
    np.testing.assert_allclose(v["kept_c"] + v["new_c"], v["plain_c"], rtol=0, atol=1e-14)
    np.testing.assert_allclose(v["kept_n"] + v["exp_k"], v["plain_n"], rtol=0, atol=1e-14)
    np.testing.assert_allclose(v["top"] / v["bottom"], v["wkv"], rtol=0, atol=1e-14)
    np.testing.assert_allclose(v["exp_beta"] * v["new_c"], v["bonus_c"], rtol=0, atol=1e-14)
    assert v["loop_same"] and v["scan_same"]


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_keras_gives_the_same(dtype, tolerance):
    names = ("mu", "W_o", "W_k", "W_v", "w", "beta", "W_y")
    weights = [getattr(page, name) for name in names]
    for by_keras in page.in_keras(page.x.astype(dtype), weights, dtype):
        np.testing.assert_allclose(by_keras[0, :, 0], page.values()["y"], rtol=0, atol=tolerance)
