"""What the lab shows: legal strings by a regular expression, the first step by Keras."""

import re

import keras
import numpy as np
import pytest

from snippets.rnn_in_action import lab
from snippets.rnn_in_action.sampling import write
from snippets.rnn_in_action.trained import trained

# The grammar written in one line: from node 4 to node 6, and all of it.
FROM_4 = "(XT*VP)*(S|XT*VV)"
LEGAL = re.compile(f"B(TS*X{FROM_4}|PT*V(P{FROM_4}|V))E")


@pytest.fixture(scope="module")
def values():
    return lab.values()


def test_legal_strings_are_counted_by_a_regular_expression(values):
    weights = trained()
    for n, setting in enumerate(lab.SHOWN):
        strings = write(weights, lab.SEED, setting, lab.STRINGS)
        good = [string for string in strings if LEGAL.fullmatch(string)]
        assert [values["legal"][n], values["different"][n]] == [len(good), len({*good})]
        assert values["wrong"][n] == 1000 - len(good)


def test_the_first_step_is_that_of_keras(values):
    E, W, U, b, W_y, b_y = trained()
    rnn = keras.layers.SimpleRNN(12, dtype="float64")
    dense = keras.layers.Dense(7, dtype="float64")
    dense(rnn(E[None, :1]))
    rnn.set_weights([W, U, b])
    dense.set_weights([W_y, b_y])
    s = np.array(dense(rnn(E[None, :1])))[0]  # B alone is read
    for name, temperature in ("p", 1), ("q", 2):
        wanted = np.array(keras.ops.softmax(s / temperature))
        np.testing.assert_allclose(values[name], wanted, rtol=0, atol=1e-12)
    reach, drawn = values["reach"], values["drawn"]
    assert reach[drawn - 1] <= values["lot"] < reach[drawn]


def test_intervals_are_where_the_share_would_surprise(values):
    """At its ends Wilson's interval is 1.96 standard deviations of that end away from the share."""
    for k, ends in zip(values["legal"], values["interval"] / 100, strict=True):
        for end in ends[:1] if k == 1000 else ends:
            away = abs(k / 1000 - end) / np.sqrt(end * (1 - end) / 1000)
            assert away == pytest.approx(1.959964, abs=1e-6)


def test_what_the_page_claims_is_so_for_each_seed(values):
    assert values["colder"] == values["varied"] == lab.SEEDS == 20
    assert values["elsewhere"] == values["wrong_top_p"] == 0
    assert lab.fault("BTXSE") == -1 and lab.fault("BTXSX") == 6 and lab.fault("BX") == 1


def test_settings_at_random_are_all_kinds_of_settings(values):
    assert np.bincount(values["tried_way"]).min() >= 12
    assert (values["tried_legal"] < 1000).sum() >= 10
    assert (values["tried_symbols"] == -1).sum() == 50
