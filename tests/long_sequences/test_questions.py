"""The question about the start of a string: its data, its models, its controls."""

import json
from pathlib import Path

import numpy as np
import pytest

from hooks import ties
from snippets.long_sequences import questions as task
from snippets.reber.strings import SYMBOLS, accepts_embedded

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def values():
    """As recorded: test_recorded.py computes them anew."""
    record = json.loads(ties.record(ROOT, "long_sequences.questions").read_text(encoding="utf-8"))
    return {key: np.array(entry["value"]) for key, entry in record.items()}


@pytest.mark.parametrize("distance", [6, 11])
def test_the_answer_stands_the_distance_before_the_question(distance):
    x, y = task.questions(distance, 20, seed=3)
    assert x.shape == (20, distance + 1, 7) and (x.sum(axis=-1) == 1).all()
    for row, answer in zip(x.argmax(axis=-1), y[:, 0]):
        string = "".join(SYMBOLS[k] for k in row)
        kept = "T" if answer else "P"
        assert string[1] == kept
        # the whole string is one of the grammar: what was cut off follows from it
        assert accepts_embedded(string + kept + "E")
        assert len(string) - 1 == distance  # from step 1 to the step of the answer


def test_the_layers_have_the_same_budget_within_two_percent(values):
    m, out = 7, 1
    u, v, w = (task.UNITS[kind] for kind in ("SimpleRNN", "LSTM", "GRU"))
    expected = [
        u * (m + u + 1) + u + out,
        4 * v * (m + v + 1) + v + out,
        3 * w * (m + w + 2) + w + out,
    ]
    assert values["parameters"].tolist() == expected
    assert max(expected) / min(expected) < 1.02


def test_no_symbol_between_betrays_the_answer(values):
    assert values["at_step_1"] == 100
    # four standard errors of 500 guesses are 9 percent
    assert 41 < values["elsewhere"][0] <= values["elsewhere"][1] < 59
    x, _ = task.questions(21, 10, seed=0)
    assert (x[:, -1].argmax(axis=-1) == SYMBOLS.index("E")).all()  # the bigram baseline sees E only


def test_the_control_would_find_a_betrayal(monkeypatch):
    """If one more symbol depended on the answer, the control would say so."""

    def betrayed(distance, N, seed):
        x, y = questions(distance, N, seed)
        x[:, 5] = np.where(y == 1, np.eye(7)[2], np.eye(7)[3])
        return x, y

    questions = task.questions
    monkeypatch.setattr(task, "questions", betrayed)
    assert task.guess_from_one_place(11, N=100)[5] == 1
