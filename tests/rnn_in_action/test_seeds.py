"""What the page says about the thirty recorded trainings."""

import numpy as np
import pytest

from snippets.reber.strings import SYMBOLS, accepts, walk
from snippets.recording.measured import measured
from snippets.rnn_in_action import seeds


@pytest.fixture(scope="module")
def record():
    return measured("rnn_in_action.seeds")


@pytest.mark.claim
@pytest.mark.parametrize("layer", ["simple", "lstm", "gru"])
def test_every_training_predicts_legally(record, layer):
    assert len(record[f"legal_{layer}"]) == 10
    assert record[f"legal_{layer}"].min() >= 475  # of 500: 95 percent
    assert record[f"strict_{layer}"].min() >= 400
    assert record[f"unseen_{layer}"].min() >= 0.95 * 85
    assert record[f"long_{layer}"].min() >= 190  # of 200


@pytest.mark.claim
@pytest.mark.parametrize("layer", ["simple", "lstm", "gru"])
def test_every_loss_comes_near_the_best_but_not_below(record, layer):
    assert 0.59 < record[f"test_{layer}"].min() <= record[f"test_{layer}"].max() < 0.63
    assert record[f"losses_{layer}"][:, 0].min() > 1.5


@pytest.mark.claim
def test_the_simple_layer_learns_fastest(record):
    third = [np.median(record[f"losses_{name}"][:, 2]) for name in ("simple", "gru", "lstm")]
    assert third == sorted(third)


@pytest.mark.claim
def test_fewer_strings_are_accepted_the_hotter_they_are_drawn(record):
    accepted = record["accepted"]  # (seeds, temperatures), of 500
    assert accepted[:, :2].min() >= 490
    assert 450 <= accepted[:, 2].min() <= accepted[:, 2].max() < 500
    assert (np.diff(accepted[:, 1:]) < 0).all()
    assert accepted[:, 5].max() < 100
    assert record["different"][:, 0].min() < record["different"][:, 2].min()


@pytest.mark.claim
def test_argmax_strings_are_whole_or_endless(record):
    for row in record["argmax"]:
        string = "".join(SYMBOLS[k] for k in row if k >= 0)
        assert accepts(string) or len(string) == 100 and walk(string)


def test_the_argmax_strings_that_the_page_shows(record):
    lengths = (record["argmax"] >= 0).sum(axis=1)
    assert all(length <= 11 or length == 100 for length in lengths)
    for row in record["argmax"][lengths == 100]:
        string = "".join(SYMBOLS[k] for k in row)
        assert string == ("BP" + "TVPX" * 25)[:100]


def test_ranges_are_those_of_the_record(record):
    v = seeds.values()
    assert v["seeds"] == 10 and v["argmax_ended"] + v["argmax_endless"] == 10
    for t in range(6):
        column = [row[t] for row in record["accepted"]]
        assert v["accepted_percent"][t].tolist() == [min(column) / 5, max(column) / 5]
