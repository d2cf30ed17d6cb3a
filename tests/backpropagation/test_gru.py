"""The way back through a GRU, against automatic differentiation, PyTorch and differences."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.backpropagation import gru as part
from snippets.backpropagation.check import differences, own_error
from snippets.backpropagation.miniature import before, summed
from snippets.layers.gru import gru


@pytest.fixture(scope="module")
def values():
    return part.values()


def weights_and_inputs(N, T, m, u, dtype="float64"):
    rng = np.random.default_rng(N + 10 * T + 100 * u)
    shapes = ((m, 3 * u), (u, 3 * u), (2, 3 * u), (N, T, m))
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
    layer = keras.layers.GRU(u, dtype=dtype)
    layer.build(x.shape)
    layer.set_weights(weights)
    with tf.GradientTape() as tape:
        loss = keras.ops.mean((layer(x) - 1.0) ** 2)
    theirs = tape.gradient(loss, layer.trainable_variables)
    for hand, auto in zip(part.gru_gradients(x, *weights), theirs, strict=True):
        np.testing.assert_allclose(hand, np.array(auto), rtol=0, atol=tolerance)


def test_random_one_unit_grus_lie_within_the_error_of_differences():
    for T in (2, 3, 6):
        *weights, x = weights_and_inputs(1, T, 1, 1)
        loss = lambda *w: part.gru_loss(x, *w)  # noqa: B023
        near = differences(loss, weights, 1e-4)
        error = own_error(loss, weights, 1e-4)
        for d, g, e in zip(near, part.gru_gradients(x, *weights), error, strict=True):
            assert np.all(abs(d - g) <= 1.01 * e) and np.all(e < 1e-6)


def test_a_loss_at_every_step_against_pytorch():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    W, U, b, x = weights_and_inputs(2, 6, 3, 4)
    above = np.random.default_rng(0).normal(size=(2, 6, 4))
    place = np.r_[4:8, 0:4, 8:12]  # PyTorch packs r, z, n
    layer = torch.nn.GRU(3, 4, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        for parameter, array in zip(layer.parameters(), (W.T, U.T, b[0], b[1])):
            parameter.copy_(torch.tensor(array[place]))
    states, _ = layer(torch.tensor(x))
    (states * torch.tensor(above)).sum().backward()
    theirs = [p.grad.numpy()[place] for p in layer.parameters()]
    steps = gru(x, W, U, b)
    _, dp, dq = part.gru_backward(steps, above, U, b)
    np.testing.assert_allclose(summed(x, dp), theirs[0].T, rtol=0, atol=1e-10)
    np.testing.assert_allclose(summed(before(steps[-1]), dq), theirs[1].T, rtol=0, atol=1e-10)
    np.testing.assert_allclose(dp.sum(axis=(0, 1)), theirs[2], rtol=0, atol=1e-10)
    np.testing.assert_allclose(dq.sum(axis=(0, 1)), theirs[3], rtol=0, atol=1e-10)


def test_what_the_page_says_of_the_miniature(values):
    assert values["same_as_tape"] and values["within"]
    np.testing.assert_array_equal(values["dp"][:, :2], values["dq"][:, :2])
    r = gru(part.x, part.W, part.U, part.b)[1, 0, :, 0]
    np.testing.assert_allclose(values["dq"][:, 2], values["dp"][:, 2] * r, rtol=0, atol=1e-12)


def test_the_states_of_the_miniature_by_the_tape(values):
    cell = keras.layers.GRUCell(1, dtype="float64")
    cell.build((1, 1))
    cell.set_weights([part.W, part.U, part.b])
    h, states = tf.zeros((1, 1), "float64"), []
    with tf.GradientTape() as tape:
        for x_t in part.x[0]:
            h, _ = cell(x_t[None], [h])
            states.append(h)
        loss = (h[0, 0] - 1) ** 2
    found = [float(g[0, 0]) for g in tape.gradient(loss, states)]
    np.testing.assert_allclose(values["dh"], found, rtol=0, atol=1e-10)
    z = gru(part.x, part.W, part.U, part.b)[0, 0, :, 0]
    np.testing.assert_allclose(values["kept"], np.multiply(found[1:], z[1:]), rtol=0, atol=1e-10)
