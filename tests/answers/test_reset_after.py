"""The last states under both settings, with plain numbers."""

from math import exp, tanh

import pytest

from snippets.answers import reset_after as answer


def sigma(a):
    return 1 / (1 + exp(-a))


def last(after):
    """The states after inputs 1 and -1, written out for these weights."""
    h = [0.0, 0.0]
    for x in (1.0, -1.0):
        w = x, -x  # the input's share of each unit, in each block
        z = [sigma(w[k] + h[k]) for k in (0, 1)]
        r = [sigma(w[k] + h[k]) for k in (0, 1)]
        s = h if after else [r[k] * h[k] for k in (0, 1)]
        product = [s[0] + 2 * s[1], -2 * s[0] + s[1]]
        if after:
            product = [r[k] * product[k] for k in (0, 1)]
        candidate = [tanh(w[k] + product[k]) for k in (0, 1)]
        h = [z[k] * h[k] + (1 - z[k]) * candidate[k] for k in (0, 1)]
    return h


@pytest.mark.parametrize("name", ["after", "before"])
def test_each_setting(name):
    state = answer.values()[name]
    assert list(state) == pytest.approx(last(name == "after"), abs=1e-6)


def test_they_differ():
    values = answer.values()
    assert abs(values["after"] - values["before"]).min() > 1e-2
