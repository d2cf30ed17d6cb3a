"""The ConvLSTM by hand against Keras, and windows against sums that are written out."""

import keras
import numpy as np
import pytest

from snippets.layers.conv_lstm import conv_lstm, correlate


@pytest.mark.parametrize(("T", "rows", "cols"), [(1, 3, 4), (3, 5, 3)])
@pytest.mark.parametrize(("m", "u", "k"), [(1, 1, 3), (2, 3, 2), (3, 2, 1)])
@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_by_hand_equals_keras_for_random_weights(T, rows, cols, m, u, k, padding, dtype, tolerance):
    rng = np.random.default_rng(T + 10 * m + 100 * k)
    x = rng.normal(size=(T, rows, cols, m)).astype(dtype)
    W, U = (rng.normal(size=(k, k, n, 4 * u)).astype(dtype) / 2 for n in (m, u))
    b = rng.normal(size=4 * u).astype(dtype)
    layer = keras.layers.ConvLSTM2D(
        u, k, padding=padding, return_sequences=True, return_state=True, dtype=dtype
    )
    layer.build((1, *x.shape))
    layer.set_weights([W, U, b])
    states, h, c = (np.array(part)[0] for part in layer(x[None]))
    by_hand = conv_lstm(x, W, U, b, padding)
    assert by_hand.dtype == dtype
    np.testing.assert_allclose(by_hand[-1], states, rtol=0, atol=tolerance)
    np.testing.assert_allclose(by_hand[-2:, -1], [c, h], rtol=0, atol=tolerance)


def test_a_window_lies_as_it_is_and_zeros_lie_around():
    """Nine sums written out: nothing is turned round, and an even window begins at its place."""
    frame = np.array([[1.0, 2], [3, 4]])[..., None]
    kernel = np.array([[1.0, 10], [100, 1000]])[..., None, None]
    same = correlate(frame, kernel)[..., 0]
    assert same.tolist() == [[1 + 20 + 300 + 4000, 2 + 400], [3 + 40, 4]]
    assert correlate(frame, kernel, "valid")[..., 0].tolist() == [[4321]]
    three = np.arange(9.0).reshape(3, 3)[..., None, None]
    assert correlate(frame, three)[..., 0].tolist() == [
        [4 + 2 * 5 + 3 * 7 + 4 * 8, 3 + 2 * 4 + 3 * 6 + 4 * 7],
        [1 + 2 * 2 + 3 * 4 + 4 * 5, 0 + 2 * 1 + 3 * 3 + 4 * 4],
    ]
