"""The way back through an LSTM, against automatic differentiation, PyTorch and differences."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.backpropagation import lstm as part
from snippets.backpropagation.miniature import before, summed
from snippets.layers.lstm import lstm


@pytest.fixture(scope="module")
def values():
    return part.values()


def weights_and_inputs(N, T, m, u, dtype="float64"):
    rng = np.random.default_rng(N + 10 * T + 100 * u)
    shapes = ((m, 4 * u), (u, 4 * u), (4 * u,), (N, T, m))
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


@pytest.mark.parametrize(
    ("N", "T", "m", "u", "dtype", "tolerance"),
    [
        (1, 3, 1, 1, "float64", 1e-10),
        (2, 5, 3, 2, "float64", 1e-10),
        (1, 3, 1, 1, "float32", 1e-6),
    ],
)
def test_by_hand_equals_automatic_differentiation(N, T, m, u, dtype, tolerance):
    *weights, x = weights_and_inputs(N, T, m, u, dtype)
    layer = keras.layers.LSTM(u, dtype=dtype)
    layer.build(x.shape)
    layer.set_weights(weights)
    with tf.GradientTape() as tape:
        loss = keras.ops.mean((layer(x) - 1.0) ** 2)
    theirs = tape.gradient(loss, layer.trainable_variables)
    for hand, auto in zip(part.lstm_gradients(x, *weights), theirs, strict=True):
        np.testing.assert_allclose(hand, np.array(auto), rtol=0, atol=tolerance)


def test_random_one_unit_lstms_lie_within_the_error_of_differences():
    for T in (2, 3, 6):
        *weights, x = weights_and_inputs(1, T, 1, 1)
        loss = lambda *w: part.lstm_loss(x, *w)  # noqa: B023
        near = part.differences(loss, weights, 1e-4)
        error = part.own_error(loss, weights, 1e-4)
        for d, g, e in zip(near, part.lstm_gradients(x, *weights), error, strict=True):
            assert np.all(abs(d - g) <= 1.01 * e) and np.all(e < 1e-6)


def test_a_loss_at_every_step_against_pytorch():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    W, U, b, x = weights_and_inputs(2, 6, 3, 4)
    above = np.random.default_rng(0).normal(size=(2, 6, 4))
    layer = torch.nn.LSTM(3, 4, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        for parameter, array in zip(layer.parameters(), (W.T, U.T, b, 0 * b)):
            parameter.copy_(torch.tensor(array))
    states, _ = layer(torch.tensor(x))
    (states * torch.tensor(above)).sum().backward()
    theirs = [p.grad.numpy() for p in layer.parameters()]
    steps = lstm(x, W, U, b)
    _, dz = part.lstm_backward(steps, above, U)
    np.testing.assert_allclose(summed(x, dz), theirs[0].T, rtol=0, atol=1e-10)
    np.testing.assert_allclose(summed(before(steps[-1]), dz), theirs[1].T, rtol=0, atol=1e-10)
    np.testing.assert_allclose(dz.sum(axis=(0, 1)), theirs[2], rtol=0, atol=1e-10)


def test_the_columns_of_the_page(values):
    """dh and dc of the miniature, as the tape has them for states that are held fixed in turn."""
    assert values["same_as_tape"] and values["within"]
    cell = keras.layers.LSTMCell(1, dtype="float64")
    cell.build((1, 1))
    cell.set_weights([part.W, part.U, part.b])
    h = c = tf.zeros((1, 1), "float64")
    states = []
    with tf.GradientTape() as tape:
        for x_t in part.x:
            tape.watch([h, c])
            h, (_, c) = cell(x_t[None], [h, c])
            states.append((h, c))
        loss = (h[0, 0] - 1) ** 2
    flat = tape.gradient(loss, [array for pair in states for array in pair])
    np.testing.assert_allclose(
        values["dh"], [float(g[0, 0]) for g in flat[0::2]], rtol=0, atol=1e-10
    )
    # The cell at the end acts on the loss through its state.
    np.testing.assert_allclose(
        values["dc"][:2], [float(g[0, 0]) for g in flat[1:4:2]], rtol=0, atol=1e-10
    )


def test_the_cell_forgotten(values):
    steps = lstm(part.x[None], part.W, part.U, part.b)[:, 0, :, 0]
    forgotten = values["dc"][1] - values["dc"][2] * steps[1, 2]
    assert values["dc_forgotten"] == pytest.approx(forgotten, abs=1e-12)
