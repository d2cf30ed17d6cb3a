"""The answers, counted and added up without the snippet."""

import numpy as np

from snippets.rnn_api import exercises as rnn_api_exercises


def test_answers():
    values = rnn_api_exercises.values()
    assert values["parameters"] == 2 * 4 * (7 * 8 + 8 * 8 + 8)
    assert values["parameters_dense"] == 16 + 1
    sums, back = np.cumsum([1, 2, 3, 4]), np.cumsum([4, 3, 2, 1])
    np.testing.assert_array_equal(values["backwards"], back)
    np.testing.assert_array_equal(values["mul"], sums * back[::-1])
    np.testing.assert_allclose(values["p"], 1 / (1 + np.exp(5)), atol=1e-4)
    np.testing.assert_allclose(values["next_unfinished"], [0, 0, 0.5, 0.5, 0, 0, 0], atol=1e-6)
    np.testing.assert_allclose(values["next_wrong"], 1 / 7, atol=1e-4)
    assert values["from_zero"] == 200


def test_another_start_can_spoil_the_encoder():
    """So 200 of 200 from zero is not for want of trying."""
    assert rnn_api_exercises.finish_all(np.array([[-1.0, -1.0, 1.0]])) < 150
