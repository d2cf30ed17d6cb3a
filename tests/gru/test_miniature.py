"""The miniature by arithmetic that is written out."""

import math

import numpy as np

from snippets.gru import miniature


def test_the_miniature_by_arithmetic_written_out():
    """Each product of the table, with nothing but the math module."""

    def sigma(a):
        return 1 / (1 + math.exp(-a))

    h, states = 0.0, []
    for x in (1.0, -1.0, 0.5):
        z = sigma(x * -1.5 + 0.3 + h * 0.4 + 0.2)
        r = sigma(x * 0.5 + 0.6 + h * -2.0 + 0.4)
        h_new = math.tanh(x * 1.0 + 0.1 + r * (h * 1.2 - 0.8))
        h = z * h + (1 - z) * h_new
        states.append((z, r, h_new, h))
    values = miniature.values()
    printed = np.stack([values[name] for name in ("z", "r", "h_new", "h")], axis=1)
    np.testing.assert_allclose(printed, states, rtol=0, atol=1e-12)


def test_the_columns_of_the_table_add_up():
    v = miniature.values()
    np.testing.assert_allclose(v["kept"] + v["taken"], v["h"], rtol=0, atol=1e-15)
    np.testing.assert_allclose(np.tanh(v["sum_h"]), v["h_new"], rtol=0, atol=1e-15)
    assert v["same_as_keras"] and v["before_same"]
