"""The laboratory's first state and random ones: by NumPy, and by arithmetic in the open."""

import json
from pathlib import Path

import numpy as np
import pytest

from snippets.layers.simple_rnn import simple_rnn
from snippets.reber.strings import one_hot
from snippets.variable_lengths import lab as page
from snippets.variable_lengths import loss
from snippets.variable_lengths.padding import LAYERS, STRINGS, pad
from snippets.variable_lengths.step import gru_cell, lstm_cell, run_masked, simple_rnn_cell

CELLS = {"SimpleRNN": simple_rnn_cell, "LSTM": lstm_cell, "GRU": gru_cell}


@pytest.fixture(scope="module")
def values():
    return page.first_state()


def test_the_first_state_is_that_of_the_pages_model(values):
    """Its losses with the mask and without, and the states of its weights by NumPy."""
    x, y = loss.pairs(STRINGS)
    W, U, b, W_y, b_y = loss.build_model().get_weights()
    losses, _ = loss.step_losses(x, y, W, U, b, W_y, b_y)
    assert values["loss"] == pytest.approx(losses.sum() / 27, abs=1e-12)
    assert values["masked_loss"] == pytest.approx(losses.sum() / 19, abs=1e-12)
    h = simple_rnn(x, W, U, b)
    np.testing.assert_allclose(values["states"], h[:, :, 1], rtol=0, atol=1e-12)
    alone = np.array([simple_rnn(one_hot(s[:-1])[None], W, U, b)[0, -1] for s in STRINGS])
    np.testing.assert_allclose(values["alone"], alone, rtol=0, atol=1e-12)
    off = np.abs(h[:, -1] - alone).max(1)
    np.testing.assert_allclose(values["off"], off, rtol=0, atol=1e-12)
    assert off[0] > 0.7 and off[2] == 0


def test_what_a_string_counts_for_is_its_steps_over_the_divisor(values):
    np.testing.assert_allclose(values["counts"], np.divide([4, 6, 9], 27), atol=1e-12)
    np.testing.assert_allclose(values["even_counts"], [1 / 3] * 3, atol=1e-12)
    assert values["share"].sum() == pytest.approx(1)
    whole = values["counts"] @ values["loss_here"]
    assert whole == pytest.approx(values["loss"], abs=1e-12)
    masked = np.array([4, 6, 9]) * values["loss_alone"] / 19 / values["masked_loss"]
    np.testing.assert_allclose(values["masked_percent"], 100 * masked, atol=1e-9)


def test_with_the_mask_the_loss_at_the_end_is_that_of_the_strings_alone(values):
    W, U, b, W_y, b_y = loss.build_model().get_weights()
    losses = []
    for string in STRINGS:
        z = simple_rnn(one_hot(string[:-1])[None], W, U, b)[0, -1] @ W_y + b_y
        losses.append(np.log(np.exp(z).sum()) - z @ one_hot(string[-1])[0])
    assert values["ended_masked"] == pytest.approx(np.mean(losses), abs=1e-12)
    assert abs(values["ended"] - np.mean(losses)) > 0.1


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("padding", ["pre", "post"])
def test_masked_states_both_ways_are_those_of_the_step_by_hand(name, padding):
    x, real = pad([one_hot(string) for string in STRINGS], padding)
    choice = page.FIRST | {"layer": name, "both": True}
    found = page.states(choice, x, real)
    start = [np.zeros((3, 4))] * (2 if name == "LSTM" else 1)
    for half, h, way in zip(page.halves(name, True), found, (1, -1), strict=True):
        by_hand, _ = run_masked(
            CELLS[name], x[:, ::way], real[:, ::way], start, *half.get_weights()
        )
        np.testing.assert_allclose(h, by_hand[:, ::way], rtol=0, atol=1e-12)


def test_the_random_states_cover_all_choices():
    path = Path(page.__file__).with_suffix(".json")  # computed anew in tests/recording
    record = json.loads(path.read_text(encoding="utf-8"))
    values = {name: np.array(entry["value"]) for name, entry in record.items()}
    choices = values["case_choices"]
    assert choices.shape == (page.CASES, 7)
    for option, count in enumerate([3, 2, 2, 2, 2, 2, 4]):
        assert len(set(choices[:, option])) == count
    assert set((values["case_lengths"] > 0).sum(1)) == {1, 2, 3, 4}
    assert values["case_lengths"].sum() == len(values["case_symbols"])
    # Where there is a mask no last state moves; without one, most of what is padded does.
    strings = (values["case_lengths"] > 0).sum(1) * (1 + choices[:, 3])
    masked = np.repeat(choices[:, 2], strings).astype(bool)
    assert np.all(values["case_off"][masked] < 1e-12)
    assert np.sum(values["case_off"][~masked] > 1e-3) > 20
