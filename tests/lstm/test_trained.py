"""The trained LSTM by hand against Keras, and what the page says about it."""

import re
from math import exp
from pathlib import Path

import keras
import numpy as np
import pytest

from snippets.lstm import model as lstm
from snippets.lstm import trained as lstm_trained


@pytest.fixture(scope="module")
def values():
    return lstm_trained.values()


def sigma(z):
    return 1 / (1 + exp(-z))


def test_prediction_by_hand_equals_keras():
    x, _ = lstm.make_data(N=20, T=11, seed=3)
    by_hand = lstm_trained.predict_by_hand(x)
    np.testing.assert_allclose(by_hand, lstm_trained.predict(x), rtol=0, atol=1e-6)


def test_the_new_input_is_answered_rightly(values):
    right = [[1, 0]] * 3 + [[0, 1]] * 4
    assert (values["y"] > 0.5).astype(int).tolist() == right


def test_the_step_in_full_adds_up(values):
    W, U = lstm_trained.W, lstm_trained.U
    h, c = values["h"][:, 2], values["c"][:, 2]
    for column in range(8):
        product = -1 * W[0, column] + 1 * W[1, column] + 1 * W[2, column]
        assert values["xW"][column] == pytest.approx(product, abs=1e-12)
        assert values["hU"][column] == pytest.approx(
            h[0] * U[0, column] + h[1] * U[1, column], abs=1e-12
        )
    z = values["xW"] + values["hU"] + lstm_trained.b
    for unit in (0, 1):
        i, f, o = (sigma(z[place + unit]) for place in (0, 2, 6))
        cell = f * c[unit] + i * np.tanh(z[4 + unit])
        assert values["c"][unit, 3] == pytest.approx(cell, abs=1e-12)
        assert values["h"][unit, 3] == pytest.approx(o * np.tanh(cell), abs=1e-12)


def test_what_the_page_reads_from_the_weights(values):
    assert values["i_marked"][0] == pytest.approx(sigma(4.72 - 2.53))
    assert values["f_marked"][0] == pytest.approx(sigma(3.22 - 4.80))
    marked, unmarked = [0, 3], [1, 2, 4, 5, 6]
    assert values["i"][:, marked].min() > 0.85 > 0.2 > values["f"][:, marked].max()
    assert values["f"][:, unmarked].min() > 0.8
    assert (np.sign(values["c"]) == [[-1] * 3 + [1] * 4, [1] * 3 + [-1] * 4]).all()


def test_every_answer_to_new_data_and_old_is_right_by_keras(values):
    for data in (lstm.make_data(N=1000, seed=1), lstm.make_data()):
        x, y = data
        right = ((lstm_trained.predict(x) > 0.5) == (y == 1)).all(axis=-1)
        assert 100 * right.mean() == values["right"] == 100
    known = {sequence.tobytes() for sequence in lstm.make_data()[0]}
    unseen = lstm.make_data(N=1000, seed=1)[0]
    assert not any(sequence.tobytes() in known for sequence in unseen)


def test_memory_wears_off_with_the_distance(values):
    """Exercise 3, measured with Keras."""
    x, _ = lstm.make_data(1000, 16, 7)
    x[:, 1:, 2] = 0
    last = lstm_trained.predict(x)[:, -1] > 0.5
    right = np.all(last == (x[:, 0, :2] == 1), axis=-1).mean()
    assert values["distances"][1] == pytest.approx(100 * right, abs=0.11)


def test_the_drawing_of_the_packed_weights_shows_each_once():
    path = Path(__file__).parents[2] / "docs" / "diagrams" / "lstm" / "packed.svg"
    found = re.findall(
        r'data-v="lstm\.trained\.(\w)((?:\[\d\])+)"', path.read_text(encoding="utf-8")
    )
    places = [(name, *map(int, re.findall(r"\d", index))) for name, index in found]
    expected = [
        *(("W", r, k) for r in range(3) for k in range(8)),
        *(("U", r, k) for r in range(2) for k in range(8)),
        *(("b", k) for k in range(8)),
    ]
    assert sorted(places) == sorted(expected)


def test_the_cut_matrices_are_the_packed_ones_in_keras_order():
    """A cell whose candidate alone has weights must write what that column says."""
    W = np.zeros_like(lstm_trained.W)
    W[:, 4:6] = lstm_trained.W_c
    layer = keras.layers.LSTM(2, dtype="float64")
    layer.build((None, 1, 3))
    layer.set_weights([W, 0 * lstm_trained.U, np.zeros(8)])
    x = np.array([1.0, -1.0, 1.0])
    expected = 0.5 * np.tanh(0.5 * np.tanh(x @ lstm_trained.W[:, 4:6]))
    np.testing.assert_allclose(np.array(layer(x[None, None]))[0], expected, rtol=0, atol=1e-12)
