"""Each step has statistics of its own: that of the first is known, those of later ones grow."""

import numpy as np
import pytest

from snippets.normalisation import per_step as part


def test_spread():
    values = part.values()
    assert values["spread"][0] == pytest.approx(0.3, abs=0.01)  # the input alone
    second = np.sqrt(0.09 + 1.5**2 * 0.075)  # tanh of 0.3-noise has a variance of about 0.075
    assert values["spread"][1] == pytest.approx(second, abs=0.03)
    assert np.all(np.diff(values["spread"][:4]) > 0.1)
    assert values["ratio"] == pytest.approx(values["spread"][-1] / values["spread"][0])


def test_strings_that_are_left():
    values = part.values()
    lengths = [len(string) for string in part.make_strings()[0]]
    assert values["left"].tolist() == [sum(n > t for n in lengths) for t in part.AT]
    assert values["left"][0] == values["strings"] == 256
