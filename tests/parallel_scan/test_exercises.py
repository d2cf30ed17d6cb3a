"""The answers, each found another way."""

import itertools

import numpy as np
import pytest

from snippets.parallel_scan import exercises as part
from snippets.parallel_scan.miniature import W, b, x


def test_exercise_1():
    values = part.values()
    assert values["four"].tolist() == [0.5**4, sum(0.5**k for k in range(4))]
    assert values["eight"].tolist() == [0.5**8, sum(0.5**k for k in range(8))]


def test_exercise_2():
    values, h = part.values(), part.START
    for x_t, found in zip(x[0, :, 0], values["from_start"], strict=True):
        z = 1 / (1 + np.exp(-(x_t * W[0, 0] + b[0])))
        h = z * h + (1 - z) * (x_t * W[0, 1] + b[1])
        assert found == pytest.approx(h)
    assert values["from_start"][-1] - values["from_zero"] == pytest.approx(values["share"])


def test_exercise_3():
    """Of many minGRUs of one unit none tells exactly one 1; strings of four bits show it."""
    rng = np.random.default_rng(0)
    strings = np.array(list(itertools.product([0, 1], repeat=4)))
    right = strings.sum(axis=1) == 1
    z_0, z_1 = rng.uniform(0, 1, size=(2, 100_000))
    c_0, c_1 = rng.normal(size=(2, 100_000)) * 5
    wrong = np.zeros(100_000, bool)
    for string, answer in zip(strings, right, strict=True):
        h = np.zeros(100_000)
        for bit in string:
            z, c = (z_1, c_1) if bit else (z_0, c_0)
            h = z * h + (1 - z) * c
        wrong |= (h > 0) != answer
    assert wrong.all()


def test_exercise_4():
    values = part.values()
    assert 2 ** (values["million"] - 1) < 1_000_000 <= values["reach"] == 2 ** values["million"]
