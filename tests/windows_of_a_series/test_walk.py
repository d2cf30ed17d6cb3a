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
