"""Keras's layers that scan, against NumPy, a loop of cells, and slopes from differences."""

from collections.abc import Callable

import keras
import numpy as np
import pytest
from tensorflow import GradientTape

from snippets.layers.linear_attention import linear_attention
from snippets.layers.min_gru import min_gru
from snippets.layers.min_lstm import min_lstm
from snippets.layers.scanned import LinearAttention, MinGRU, MinGRUCell, MinLSTM, outputs

# The blocks of a layer, and what it is by hand.
BY_HAND: dict[type, tuple[int, Callable[..., np.ndarray]]] = {
    MinGRU: (2, lambda x, W, b: min_gru(x, W, b)[2]),
    MinLSTM: (3, lambda x, W, b: min_lstm(x, W, b)[3]),
    LinearAttention: (3, lambda x, W: linear_attention(*np.split(x @ W, 3, axis=-1))),
}
PRECISION = [("float32", 3e-6), ("float64", 1e-12)]


def random(layer, N=2, T=9, m=3, u=4, dtype="float64", scale=1.0):
    rng = np.random.default_rng(T)
    width = BY_HAND[layer][0] * u
    shapes = [(N, T, m), (m, width)] + [(width,)] * (layer is not LinearAttention)
    return [scale * rng.normal(size=shape).astype(dtype) for shape in shapes]


@pytest.mark.parametrize("layer", BY_HAND)
@pytest.mark.parametrize("T", [1, 2, 3, 8, 13])
@pytest.mark.parametrize(("dtype", "tolerance"), PRECISION)
def test_each_layer_is_what_is_computed_by_hand(layer, T, dtype, tolerance):
    given = random(layer, T=T, dtype=dtype)
    found = outputs(layer(4, dtype=dtype), *given)
    assert found.dtype == dtype
    np.testing.assert_allclose(found, BY_HAND[layer][1](*given), rtol=0, atol=tolerance)


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISION)
def test_the_cell_in_a_loop_gives_the_same(dtype, tolerance):
    given = random(MinGRU, dtype=dtype)
    loop = keras.layers.RNN(MinGRUCell(4, dtype=dtype), return_sequences=True, dtype=dtype)
    found = outputs(loop, *given)
    np.testing.assert_allclose(found, min_gru(*given)[2], rtol=0, atol=tolerance)


@pytest.mark.parametrize("layer", [MinGRU, MinLSTM])
def test_over_thousands_of_steps_with_gates_near_0_and_1(layer):
    """The page says so: twelve decimals."""
    x, W, b = random(layer, N=1, T=3000, m=1, u=3)
    W[:, :-3] = 100 * np.sign(W[:, :-3])  # those of the gates
    h = BY_HAND[layer][1](x, W, b)
    gates = 1 / (1 + np.exp(-(x @ W + b)[..., :3]))
    assert ((gates < 1e-6) | (gates > 1 - 1e-6)).mean() > 0.5 and np.isfinite(h).all()
    found = outputs(layer(3, dtype="float64"), x, W, b)
    np.testing.assert_allclose(found, h, rtol=0, atol=1e-12)


@pytest.mark.parametrize("layer", BY_HAND)
def test_the_gradient_through_the_scan_is_a_slope(layer):
    """Central differences of the computation by hand, for each weight and input."""
    given = random(layer, N=1, T=6, m=2, u=2)
    factors = np.random.default_rng(0).normal(size=(1, 6, 2))
    one = layer(2, dtype="float64")
    one.build(given[0].shape)
    one.set_weights(given[1:])
    x = keras.Variable(given[0], dtype="float64")
    with GradientTape() as tape:
        loss = keras.ops.sum(one(x.value) * factors)
    found = tape.gradient(loss, [x.value, *(weight.value for weight in one.weights)])
    for at, slopes in enumerate(found):
        for place in np.ndindex(given[at].shape):
            sides = []
            for move in (1e-6, -1e-6):
                moved = [array.copy() for array in given]
                moved[at][place] += move
                sides.append(np.sum(BY_HAND[layer][1](*moved) * factors))
            slope = (sides[0] - sides[1]) / 2e-6
            assert slope == pytest.approx(np.array(slopes)[place], rel=0, abs=1e-7)


def test_no_output_looks_ahead():
    for layer in BY_HAND:
        x, *weights = random(layer)
        before = outputs(layer(4, dtype="float64"), x, *weights)
        x[:, 5:] += 1
        after = outputs(layer(4, dtype="float64"), x, *weights)
        np.testing.assert_array_equal(before[:, :5], after[:, :5])
        assert (before[:, 5:] != after[:, 5:]).any()
