"""What is right when samples keep their places, and what is not when they do not."""

import json
from pathlib import Path

import numpy as np
import pytest

from hooks import ties
from snippets.lstm import trained
from snippets.lstm.model import make_data
from snippets.sequences_in_pieces import stateful_order as part


@pytest.fixture(scope="module")
def values():
    """As recorded: tests/test_recorded.py computes them anew."""
    record = json.loads(
        ties.record(Path(__file__).parents[2], "sequences_in_pieces.stateful_order").read_text(
            encoding="utf-8"
        )
    )
    return {name: np.array(entry["value"]) for name, entry in record.items()}


def test_in_order_is_as_right_as_one_long_pass(values):
    x, y = make_data(50, 80, seed=5)
    right = np.all((trained.predict_by_hand(x) > 0.5) == y, axis=-1)
    assert values["in_order"] == pytest.approx(100 * right.mean(), abs=0.05)


def test_reset_is_as_right_as_the_pieces_alone(values):
    x, y = make_data(50, 80, seed=5)
    pieces = trained.predict_by_hand(x.reshape(400, 10, 3)).reshape(50, 80, 2)
    right = np.all((pieces > 0.5) == y, axis=-1)
    assert values["reset"] == pytest.approx(100 * right.mean(), abs=0.05)


def test_shuffled_is_hardly_better_than_no_memory(values):
    assert values["reset"] - 5 < values["shuffled"] < values["reset"] + 5 < values["in_order"] - 15
    order = part.shuffled(20, 20)
    assert np.array_equal(np.sort(order, axis=1), part.in_order(20, 20))
    assert not np.array_equal(order, part.in_order(20, 20))


def test_an_incomplete_last_batch_gives_rows_too_many(values):
    assert values["rows_of_five"] == 6
