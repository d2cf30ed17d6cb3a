"""Two columns in a window, the next day's beside today's, and what knowing ahead buys."""

import numpy as np

from snippets.windows_of_a_series import features as part


def test_columns():
    v = part.values()
    assert v["shape"].tolist() == [5, 3, 2]
    for i, (window, ahead) in enumerate(zip(v["windows"], v["ahead"])):
        assert window.tolist() == [[part.s[i + t], part.sale[i + t]] for t in range(3)]
        assert ahead.tolist() == [[part.s[i + t], part.sale[i + t + 1]] for t in range(3)]
        assert v["targets"][i] == part.s[i + 3]


def test_weekdays_are_those_of_the_days():
    for row, day in zip(part.weekday(912, 10), range(912, 922)):
        assert np.argmax(row) == day % 7 and row.sum() == 1


def test_each_knowledge_helps():
    v = part.values()
    assert np.all(np.diff(v["errors"]) < -0.2)
