"""WKV by hand, against the sum of the paper, in doubles and in decimals where doubles overflow."""

from decimal import Decimal, localcontext

import numpy as np
import pytest

from snippets.layers.rwkv import wkv


def by_decimals(k, v, w, beta):
    """Formula (16) of the paper, counted from zero: a weighted mean of all values so far, (T,)."""
    k, v = ([Decimal(float(number)) for number in row] for row in (k, v))
    w, beta, means = Decimal(float(w)), Decimal(float(beta)), []
    for t in range(len(k)):
        weights = [(k[s] - (t - 1 - s) * w).exp() for s in range(t)] + [(beta + k[t]).exp()]
        means.append(float(sum(a * b for a, b in zip(weights, v)) / sum(weights)))
    return means


@pytest.mark.parametrize("scale", [1, 50, 2000])
def test_wkv_is_the_weighted_mean_of_the_paper(scale):
    rng = np.random.default_rng(scale)
    k, v = rng.normal(size=(2, 2, 7, 3))
    k *= scale
    w, beta = rng.uniform(0.01, 3, size=3), rng.normal(size=3)
    found = wkv(k, v, w, beta)[0]
    with localcontext() as context:
        context.prec = 60
        for sample in range(2):
            for unit in range(3):
                at = sample, slice(None), unit
                wanted = by_decimals(k[at], v[at], w[unit], beta[unit])
                np.testing.assert_allclose(found[at], wanted, rtol=0, atol=1e-12)


def test_the_states_are_sums_divided_by_e_to_the_maximum():
    k, v = np.random.default_rng(0).normal(size=(2, 1, 6, 2))
    w = np.array([0.5, 2.0])
    _, c, n, m = wkv(k, v, w, np.zeros(2))
    for t in range(6):
        age = t - np.arange(t + 1)[:, None]
        weights = np.exp(k[0, : t + 1] - age * w)
        np.testing.assert_allclose(n[0, t] * np.exp(m[0, t]), weights.sum(0), rtol=1e-13)
        np.testing.assert_allclose(
            c[0, t] * np.exp(m[0, t]), (weights * v[0, : t + 1]).sum(0), rtol=1e-13, atol=1e-13
        )
        np.testing.assert_allclose(m[0, t], (k[0, : t + 1] - age * w).max(0), rtol=0, atol=1e-13)
