"""The answers of the exercises, counted out."""

import numpy as np
import pytest

from snippets.windows_of_a_series import exercises as part


def test_answers():
    v = part.values()
    begins = [i for i in range(0, 100, 3) if i + 11 * 2 + 1 < 100]
    assert v["count"] == v["by_keras"] == len(begins) == 26
    assert v["last"][0] == begins[-1] and v["last_target"] == begins[-1] + 23 == 98
    h = 0
    for x in (0, 1.5, 1):
        h = np.tanh(0.6 * x + 0.4 * h + 0.1)
    assert v["next"] == pytest.approx(6 + 2 * (0.9 * h + 0.2), abs=1e-12)
    assert part.claims(v)["keras"][1] and not part.claims(v | {"by_keras": 1})["keras"][1]
