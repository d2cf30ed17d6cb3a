"""LSTM and GRU on the same task: what the trainings gave, and the counts."""

import inspect

import keras
import numpy as np
import pytest

from snippets.gru import beside_lstm as gru_lstm
from snippets.lstm import seeds
from snippets.recording.measured import measured


@pytest.mark.claim
def test_the_larger_models_solve_the_task_every_time():
    for name in ("gru_8", "lstm_7"):
        loss, epoch, wrong = measured("gru.beside_lstm")[name].T
        assert len(loss) == 6 and loss.max() < 0.003
        assert epoch.min() > 0 and epoch.max() <= 12 and wrong.max() < 0.003


@pytest.mark.claim
def test_the_smaller_models_are_sometimes_stuck():
    for name in ("gru_2", "lstm_2"):
        loss, epoch, _ = measured("gru.beside_lstm")[name].T
        assert 2 <= (epoch > 0).sum() <= 6
        assert ((loss < 0.01) == (epoch > 0)).all()


def test_solved_is_what_part_d_calls_solved(monkeypatch):
    """By the last loss: a training that fell below 0.01 and rose again is not solved."""
    assert gru_lstm.SOLVED == seeds.SOLVED
    losses = np.array([[0.02, 5, 0.1], [0.009, 6, 0.001], [0.03, 0, 0.2]] * 2)
    monkeypatch.setattr(gru_lstm, "measured", lambda _: dict.fromkeys(gru_lstm.MODELS, losses))
    values = inspect.unwrap(gru_lstm.values)()  # not those that tests share
    assert values["gru_2_solved"] == 2
    assert values["gru_2_wrong"].tolist() == [0.1, 20]


def test_what_is_compared(monkeypatch):
    """The last loss, the first epoch below 0.01, and a model that says no to everything."""

    class No:
        def predict(self, x, verbose):
            return np.zeros((*x.shape[:2], 2))

    monkeypatch.setattr(gru_lstm.lstm, "train", lambda *_: (No(), [0.2, 0.009, 0.02, 0.001]))
    _, y = gru_lstm.lstm.make_data(N=1000, seed=99)
    assert gru_lstm.compare(keras.layers.GRU, 2, seed=1) == (0.001, 2, y.mean())
    monkeypatch.setattr(gru_lstm.lstm, "train", lambda *_: (No(), [0.2, 0.1]))
    assert gru_lstm.compare(keras.layers.GRU, 2, seed=1)[:2] == (0.1, 0)


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


def test_claims_follow_the_values():
    values = gru_lstm.values()
    assert all(true for _, true in gru_lstm.claims(values).values())
    other = {
        **values,
        "fewer": np.array([5.0, 60.0]),
        "gru_8_first": 2,
        "gru_8_solved": 5,
        "gru_2_solved": gru_lstm.SEEDS,
    }
    assert not any(true for _, true in gru_lstm.claims(other).values())
