"""The arrays of the task, and how many numbers the models hold."""

import numpy as np

from snippets.attention import model as part
from snippets.reber.strings import accepts


def test_arrays():
    x, before, y = part.arrays(["BTXSE", "BPTTVVE"])
    assert x.shape == before.shape == (2, 7, 7) and y.shape == (2, 7)
    assert y[0].tolist() == [0, 1, 3, 2, 6, -1, -1]
    assert x[0].argmax(-1).tolist()[:5] == y[0].tolist()[:5] and not x[0, 5:].any()
    assert not before[:, 0].any()
    np.testing.assert_array_equal(before[1, 1:], x[1, :-1])


def test_parameters_are_those_of_two_layers_and_the_rest():
    def gru(u):
        return 3 * (7 * u + u * u + 2 * u)

    v = part.values()
    assert v["attention_8"] == 2 * gru(8) + 8 * 8 + 16 * 7 + 7
    assert v["fixed_9"] == 2 * gru(9) + 9 * 7 + 7 > v["attention_8"]
    assert v["fixed_16"] == 2 * gru(16) + 16 * 7 + 7


def test_strings():
    strings = part.draw([5, 9, 16], seed=1)
    assert [len(string) for string in strings] == [5, 9, 16]
    assert all(map(accepts, strings))


def test_a_short_training_lowers_the_loss(monkeypatch):
    monkeypatch.setattr(part, "STRINGS", 200)
    monkeypatch.setattr(part, "EPOCHS", 8)
    losses = part.train(4, True, seed=1).history.history["loss"]
    assert losses[-1] < 0.9 * losses[0]
