"""What the lab must show: any string that a reader may type, and Keras's weights for the first."""

import keras
import numpy as np

from snippets.attention import lab as part
from snippets.attention.trained import trained
from snippets.reber.strings import SYMBOLS, one_hot


def test_the_changes_are_ones_that_a_reader_can_make():
    cases = part.random_changes()
    assert len(cases) == 50 and len({string for string, *_ in cases}) > 40
    for string, step, unit, forced in cases:
        assert 1 <= len(string) <= 16 and set(string) <= set(SYMBOLS)
        assert 0 <= step < len(string) and 0 <= unit < 8 and forced in (True, False)


def test_the_sum_is_that_of_keras():
    v = part.values()
    W, U, b, W_d, U_d, b_d, W_q, *_ = trained()
    x = one_hot(part.SHOWN)[None]
    layers = []
    for arrays in ([W, U, b], [W_d, U_d, b_d]):
        layer = keras.layers.GRU(8, return_sequences=True, dtype="float64")
        layer.build((None, None, 7))
        layer.set_weights(arrays)
        layers.append(layer)
    h = np.array(layers[0](x))
    before = np.concatenate([np.zeros((1, 1, 7)), x[:, :-1]], axis=1)
    d = np.array(layers[1](before, initial_state=h[:, -1]))
    c = keras.layers.Attention(dtype="float64")([d @ W_q, h])
    assert abs(np.array(c)[0, part.STEP, part.UNIT] - v["c"]) < 1e-12
    np.testing.assert_allclose(v["product"].sum(), v["c"], rtol=0, atol=1e-12)
    np.testing.assert_allclose(v["state"], h[0, :, part.UNIT], rtol=0, atol=1e-12)


def test_numbers_that_are_filled_up_are_zero():
    for (string, *_), line in zip(part.random_changes(), part.values()["tried"], strict=True):
        rows = line[:48].reshape(3, 16)
        assert not rows[:, len(string) :].any()
        np.testing.assert_allclose([rows[1].sum(), line[48:].sum()], 1, rtol=0, atol=1e-12)
