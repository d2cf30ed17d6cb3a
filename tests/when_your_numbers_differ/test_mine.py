"""Each stage of the mending, against Keras in float64, which is made to do the same mistakes."""

import inspect

import keras
import numpy as np
import pytest

from snippets.when_your_numbers_differ import mine

WEIGHTS = [mine.W, mine.U, mine.b, mine.W_y, mine.b_y]
ORDER, PRODUCT, STATE, MASK = 2, 3, 4, 5  # so many are mended when this one is, too


def by_keras(mended):
    """The states (N, T, u) of Keras with the mistakes that are left, in float64."""
    W, U, b = WEIGHTS[:3]
    if mended < PRODUCT:
        U = np.concatenate([block.T for block in np.split(U, 4, axis=1)], axis=1)
    if mended < ORDER:  # i, f, o, c are in the places of i, f, c, o
        W, U, b = (
            np.concatenate([np.split(array, 4, axis=-1)[k] for k in (0, 1, 3, 2)], axis=-1)
            for array in (W, U, b)
        )
    layer = keras.layers.LSTM(2, return_sequences=True, dtype="float64")
    layer.build((None, None, 3))
    layer.set_weights([W, U, b])
    if mended < STATE:  # one long sequence
        return np.array(layer(mine.x.reshape(1, -1, 3))).reshape(3, 4, 2)
    return np.array(layer(mine.x, mask=mine.x.any(-1) if mended >= MASK else None))


@pytest.mark.parametrize("mended", range(7))
def test_each_stage(mended):
    states, y = mine.mended([*mine.MENDS][:mended])(mine.x, *WEIGHTS)
    np.testing.assert_allclose(states, by_keras(mended), rtol=0, atol=1e-12)
    s = by_keras(mended)[:, -1] @ mine.W_y + mine.b_y  # (N, 1)
    right = 1 / (1 + np.exp(-s)) if mended == 6 else s
    assert y.shape == ((3,) if mended == 0 else (3, 1))
    np.testing.assert_allclose(y.reshape(3, 1), right, rtol=0, atol=1e-12)


def test_the_mended_program_is_the_model():
    states, y = mine.mended(mine.MENDS)(mine.x, *WEIGHTS)
    np.testing.assert_allclose(y, np.array(mine.model(mine.x)), rtol=0, atol=1e-6)
    np.testing.assert_allclose(mine.values()["theirs"], y, rtol=0, atol=1e-6)
    np.testing.assert_allclose(
        mine.values()["mine"], by_keras(0)[:, -1] @ mine.W_y[:, 0] + mine.b_y[0], atol=1e-12
    )


def test_a_mistake_that_is_not_there_cannot_be_mended(monkeypatch):
    monkeypatch.setitem(mine.MENDS, "shape", ("np.flat(y)", "np.array(y)"))
    with pytest.raises(ValueError, match="not one place to mend: np.flat"):
        mine.mended(["shape"])


def test_what_is_shown_is_what_is_run():
    assert all(wrong in inspect.getsource(mine.program) for wrong, _ in mine.MENDS.values())
    assert mine.values()["mistakes"] == len(mine.MENDS) == 6
    assert mine.values()["weights"] == 3 * 8 + 2 * 8 + 8 + 2 + 1
