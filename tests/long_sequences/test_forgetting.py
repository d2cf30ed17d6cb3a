"""What the page says about the trainings, on their record; and one small training."""

import numpy as np
import pytest

from snippets.long_sequences import forgetting as part
from snippets.long_sequences.questions import DISTANCES, build_model, questions
from snippets.recording.measured import measured

SIMPLE, GRU, LSTM, OPEN, SIMPLE_SHORT, GRU_SHORT, LSTM_SHORT = range(7)


@pytest.fixture(scope="module")
def right():
    return measured("long_sequences.forgetting")["right"]


def solved(right):
    return (right >= 95).sum(axis=-1)


@pytest.mark.claim
def test_every_layer_learns_the_shortest_distance(right):
    assert right.shape == (7, len(DISTANCES), 5) and DISTANCES == (11, 21, 41, 81)
    assert right[:, 0].min() >= 99


@pytest.mark.claim
def test_the_gru_is_at_chance_first_and_the_simple_rnn_last(right):
    assert right[GRU, 2:].max() < 60  # no seed has found it
    assert solved(right)[GRU, 1] < 5
    assert right[SIMPLE, :2].min() >= 95 and right[LSTM, :2].min() >= 95
    # Of the ten trainings at the two long distances, how many succeeded.
    gru, lstm, simple = (solved(right)[row, 2:].sum() for row in (GRU, LSTM, SIMPLE))
    assert gru < lstm < simple


@pytest.mark.claim
def test_an_open_forget_gate_helps(right):
    assert solved(right)[OPEN, 2:].sum() > solved(right)[LSTM, 2:].sum()
    assert solved(right)[OPEN, 2] >= 4


@pytest.mark.claim
def test_short_strings_first_help_gates_and_not_the_simple_rnn(right):
    assert right[[GRU_SHORT, LSTM_SHORT]].min() >= 95
    passes = measured("long_sequences.forgetting")["passes"]
    assert passes[[GRU_SHORT, LSTM_SHORT], 1:].max() <= 3
    assert solved(right)[SIMPLE_SHORT].sum() <= solved(right)[SIMPLE].sum() + 1


@pytest.mark.claim
def test_a_training_finds_the_symbol_or_not(right):
    assert np.mean((right > 60) & (right < 95)) < 0.05


def test_the_forget_bias_and_a_fresh_start():
    model = build_model("LSTM", run_eagerly=True)
    part.start(model, seed=3, forget=5.0)
    first = model.get_weights()
    assert first[2].tolist() == [0.0] * 12 + [5.0] * 12 + [0.0] * 24
    x, y = questions(6, 4, seed=0)
    model.train_on_batch(x, y)
    assert model.optimizer.iterations == 1 and np.abs(model.get_weights()[0] - first[0]).max() > 0
    part.start(model, seed=3, forget=5.0)
    for a, b in zip(first, model.get_weights()):
        np.testing.assert_array_equal(a, b)
    memory = [v for v in model.optimizer.variables if "learning_rate" not in v.path]
    assert all(np.all(np.array(v) == 0) for v in memory)
    assert float(model.optimizer.learning_rate) == pytest.approx(0.003)


def test_a_small_training_finds_a_near_symbol():
    """SimpleRNN, six steps, a few seconds: reduced from what measure() does."""
    model = build_model("SimpleRNN")
    part.start(model, seed=1)
    x, y = questions(6, 400, seed=0)
    assert part.train(model, x, y, passes=8) < 8
    assert part.percent_right(model, *questions(6, 200, seed=1)) > 95


def test_chance_is_fishers_exact_test():
    # By hand: all five of the second kind among eight successes of ten, C(5, 5) C(5, 3) / C(10, 8) = 10 / 45.
    assert part.chance(3, 5, 5) == pytest.approx(100 * 10 / 45)
    # (C(5, 4) C(5, 3) + C(5, 5) C(5, 2)) / C(10, 7) = 60 / 120
    assert part.chance(3, 4, 5) == pytest.approx(50)
    assert part.chance(2, 2, 5) > 50
