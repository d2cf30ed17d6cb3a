"""Two ways to let inputs in that do not change: their sizes, and that they are read."""

import numpy as np

from snippets.answers import static_features as answer

SERIES = np.random.default_rng(0).normal(size=(1, 10, 3)).astype("float32")


def gru(m, u):
    return 3 * (m * u + u * u + 2 * u)


def test_the_sizes():
    values = answer.values()
    assert values["at_the_start"] == (2 * 8 + 8) + gru(3, 8)
    assert values["at_each_step"] == gru(3 + 2, 8)
    assert values["wide"] == 3 + 2


def test_other_static_features_give_other_answers():
    for model in (answer.at_the_start, answer.at_each_step):
        one, other = (model([SERIES, np.array([static])]) for static in ([0.0, 1.0], [1.0, 0.0]))
        assert np.abs(np.array(one) - np.array(other)).max() > 1e-4
