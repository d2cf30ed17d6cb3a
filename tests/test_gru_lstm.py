"""LSTM and GRU on the same task: two of the trainings once more, and the counts."""

import keras
import pytest

from snippets import gru_lstm


@pytest.mark.parametrize("name", ["gru_8", "lstm_7"])
def test_a_larger_model_solves_the_task_as_the_page_says(name):
    """Another processor gets another loss, but not one that is far off."""
    recurrent, u, measured = gru_lstm.MODELS[name]
    loss, epoch, wrong = gru_lstm.compare(recurrent, u, seed=4)
    recorded_loss, recorded_epoch, _ = measured[3]
    assert recorded_loss / 4 < loss < recorded_loss * 4
    assert abs(epoch - recorded_epoch) <= 3
    assert wrong < 0.001


def test_counts_of_parameters_by_arithmetic():
    """Three blocks or four, two biases a block or one, and the output layer."""
    values = gru_lstm.values()
    for u in (2, 8):
        assert values[f"gru_{u}_parameters"] == 3 * (3 * u + u * u + 2 * u) + 2 * u + 2
    for u in (2, 7):
        assert values[f"lstm_{u}_parameters"] == 4 * (3 * u + u * u + u) + 2 * u + 2


def test_no_sizes_up_to_forty_units_have_exactly_the_same_count():
    """The page says that the counts are never equal."""
    def gru(u):
        return 3 * (3 * u + u * u + 2 * u) + 2 * u + 2

    def lstm(u):
        return 4 * (3 * u + u * u + u) + 2 * u + 2

    assert not {gru(u) for u in range(1, 41)} & {lstm(u) for u in range(1, 41)}


def test_default_layers_are_compared():
    assert gru_lstm.MODELS["gru_8"][0] is keras.layers.GRU
    assert gru_lstm.MODELS["lstm_7"][0] is keras.layers.LSTM
