"""The answers, each found another way."""

from math import exp

import pytest

from snippets.what_each_remembers import exercises as part


def test_exercise_1():
    values = part.values()
    assert values["gate"] ** 300 == pytest.approx(0.5)
    assert 1 / (1 + exp(-values["bias"])) == pytest.approx(values["gate"])


def test_exercise_2():
    values, left = part.values(), 1.0
    f = 1 / (1 + exp(-5))
    for step in range(1, 31):
        left *= f / (f + 0.5)
        if step == 10:
            assert values["ten"] == pytest.approx(left)
    assert values["thirty"] == pytest.approx(left)


def test_exercise_3():
    assert part.values()["million"] == 4_000_000
