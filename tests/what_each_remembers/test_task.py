"""The kept symbol: what the strings are, and that nine models are as large as is said."""

import numpy as np
import pytest

from snippets.what_each_remembers import task as part


def test_the_first_symbol_is_the_answer_and_stands_nowhere_else():
    x, y = part.strings(50, 200, np.random.default_rng(0))
    assert x.shape == (200, 51, 8) and x.dtype == np.float32
    symbols = x.argmax(axis=-1)
    assert (x.sum(axis=-1) == 1).all() and (symbols[:, 0] == y).all()
    assert (symbols[:, 1:] >= 4).all()
    assert set(y) == {0, 1, 2, 3} and set(symbols[:, 1:].ravel()) == {4, 5, 6, 7}


def test_no_later_symbol_tells_the_answer():
    x, y = part.strings(3, 20_000, np.random.default_rng(1))
    for t in range(1, 4):
        counts = np.zeros((4, 4))
        np.add.at(counts, (y, x[:, t].argmax(axis=-1) - 4), 1)
        assert abs(counts / len(y) - 1 / 16).max() < 0.01


def test_the_models_are_as_large_as_is_said():
    values = part.values()
    by_hand = {
        "SimpleRNN": 19 * (8 + 19 + 1) + 4 * 20,
        "LSTM": 4 * 8 * (8 + 8 + 1) + 4 * 9,
        "GRU": 3 * 10 * (8 + 10 + 2) + 4 * 11,
        "minGRU": 2 * 27 * 9 + 4 * 28,
        "minLSTM": 3 * 19 * 9 + 4 * 20,
        "linear attention": 3 * 21 * 8 + 4 * 22,
        "sLSTM": 4 * 8 * (8 + 8 + 1) + 4 * 9,
    }
    counts = dict(zip(part.ROWS, values["parameters"], strict=True))
    assert {name: counts[name] for name in by_hand} == by_hand
    assert part.claims(values)["near"][1]
    assert not part.claims({"parameters": np.array([600, 661])})["near"][1]


@pytest.mark.parametrize("name", part.ROWS)
def test_each_model_names_one_of_four(name):
    y = np.array(part.build_model(name, 6)(part.strings(5, 3, np.random.default_rng(2))[0]))
    assert y.shape == (3, 4)
    np.testing.assert_allclose(y.sum(axis=-1), 1, rtol=0, atol=1e-6)
