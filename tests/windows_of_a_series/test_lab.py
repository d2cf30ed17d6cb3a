"""What was recorded for the lab is what Keras gives today, by sample."""

import numpy as np
import pytest

from snippets.recording.measured import measured
from snippets.windows_of_a_series import lab as part
from snippets.windows_of_a_series.miniature import s


def cases():
    """The recorded settings, and the places of windows and targets of each."""
    found = measured("windows_of_a_series.lab")
    sizes = found["counts"] * (found["cases"][:, 1] + 1)
    for case, places in zip(found["cases"], np.split(found["places"], np.cumsum(sizes)[:-1])):
        yield case.tolist(), places.reshape(-1, case[1] + 1).tolist()


@pytest.mark.parametrize("number", [0, 7, 58, 113])
def test_keras_gives_what_was_recorded(number):
    (n, length, rate, stride, ahead, kind), places = [*cases()][number]
    assert part.ask(n, length, rate, stride, ahead, part.KINDS[kind]).tolist() == places


def test_there_are_enough_of_each_kind():
    v = part.values()
    assert v["settings"] == 120 and v["count"] == 5
    assert v["refused"] >= 5 and v["empty"] >= 10 and v["settings"] - v["empty"] > 70
    assert part.SERIES[:8].tolist() == s.tolist()
