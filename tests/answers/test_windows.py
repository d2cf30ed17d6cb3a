"""Windows and their targets, counted by hand."""

import pytest

from snippets.answers import windows as answer

SERIES = [4, 6, 5, 7, 9, 8]


def test_the_series_as_its_own_target_gives_each_window_its_first_value():
    values = answer.values()
    assert values["wrong_x"].tolist() == [SERIES[t : t + 2] for t in range(5)]
    assert values["wrong_y"].tolist() == SERIES[:5]


def test_targets_that_begin_later_give_the_value_that_follows():
    values = answer.values()
    assert values["right_x"].tolist() == [SERIES[t : t + 2] for t in range(4)]
    assert values["right_y"].tolist() == SERIES[2:]


def test_the_example_of_the_documentation_loses_windows():
    """data[:-T] beside data[T:] is right for the windows that it gives, but gives fewer than there are."""
    data, targets = answer.series[: -answer.T], answer.series[answer.T :]
    given = answer.keras.utils.timeseries_dataset_from_array(data, targets, answer.T)
    assert sum(len(y) for x, y in given) == 3 < len(answer.pairs(targets)[1])
    told = answer.keras.utils.timeseries_dataset_from_array.__doc__
    assert "input_data = data[:-10]" in told and "targets = data[10:]" in told


def test_only_tf_keras_has_the_older_generator():
    assert not hasattr(answer.keras.preprocessing.sequence, "TimeseriesGenerator")
    assert pytest.importorskip("tensorflow").keras.preprocessing.sequence.TimeseriesGenerator
