"""Walk-forward: no part is trained on what it is tested on."""

import numpy as np

from snippets.windows_of_a_series import walk as part
from snippets.windows_of_a_series.series import make_series


def test_what_comes_later_changes_nothing_before():
    s = make_series()
    errors = part.walk_forward(s)
    changed = s.copy()
    changed[730 + 61 :] = 0
    assert len(errors) == 6
    assert part.walk_forward(changed)[0] == errors[0]
    assert np.all(part.walk_forward(changed)[1:] != errors[1:])


def test_the_last_target_that_is_learned_is_the_day_before(monkeypatch):
    learned, tested = [], []

    def fit_line(x, y):
        learned.append(y.max())
        return np.zeros((15, 10))

    def with_one(x):
        tested.append(x[0, -1] + 1)  # the first target
        return np.zeros((len(x), 15))

    monkeypatch.setattr(part, "fit_line", fit_line)
    monkeypatch.setattr(part, "with_one", with_one)
    part.walk_forward(np.arange(1096.0))
    days = [730 + 61 * k for k in range(6)]
    assert tested == days and learned == [day - 1 for day in days]
