"""The way back through a simple RNN, against automatic differentiation, PyTorch and plain arithmetic."""

from math import tanh

import keras
import numpy as np
import pytest
import tensorflow as tf

from snippets.backpropagation import miniature as bptt
from snippets.math_of_a_simple_rnn.miniature import U, W, W_y, b, b_y, x


@pytest.fixture(scope="module")
def values():
    return bptt.values()


def random_weights(rng, m, u, outputs, dtype):
    shapes = ((m, u), (u, u), (u,), (u, outputs), (outputs,))
    return [(rng.normal(size=shape) / 2).astype(dtype) for shape in shapes]


def tape(x, weights, dtype):
    layer = keras.layers.SimpleRNN(weights[1].shape[0], dtype=dtype)
    dense = keras.layers.Dense(weights[4].size, dtype=dtype)
    layer.build(x.shape)
    dense.build((len(x), weights[1].shape[0]))
    layer.set_weights(weights[:3])
    dense.set_weights(weights[3:])
    variables = layer.trainable_variables + dense.trainable_variables
    with tf.GradientTape() as record:
        loss = keras.ops.mean((dense(layer(x)) - bptt.target) ** 2)
    return [np.array(g) for g in record.gradient(loss, variables)]


@pytest.mark.parametrize(
    ("N", "T", "m", "u", "outputs", "dtype", "tolerance"),
    [
        (1, 3, 1, 1, 1, "float64", 1e-10),
        (2, 5, 3, 2, 1, "float64", 1e-10),
        (5, 1, 2, 4, 3, "float64", 1e-10),
        (2, 5, 3, 2, 1, "float32", 1e-6),
    ],
)
def test_by_hand_equals_automatic_differentiation(N, T, m, u, outputs, dtype, tolerance):
    rng = np.random.default_rng(N + 10 * T)
    inputs = rng.normal(size=(N, T, m)).astype(dtype)
    weights = random_weights(rng, m, u, outputs, dtype)
    for hand, auto in zip(
        bptt.gradients(inputs, *weights), tape(inputs, weights, dtype), strict=True
    ):
        assert hand.shape == auto.shape
        np.testing.assert_allclose(hand, auto, rtol=0, atol=tolerance)


@pytest.mark.parametrize("scale", [1, 10])
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-10)])
def test_all_five_parameters_of_the_page(scale, dtype, tolerance):
    weights = [array.astype(dtype) for array in (W, U, b, W_y, b_y)]
    inputs = (x[None] / scale).astype(dtype)
    for hand, auto in zip(
        bptt.gradients(inputs, *weights), tape(inputs, weights, dtype), strict=True
    ):
        np.testing.assert_allclose(hand, auto, rtol=0, atol=tolerance)


def test_a_loss_at_every_step_against_pytorch():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    rng = np.random.default_rng(2)
    inputs, above = rng.normal(size=(2, 5, 3)), rng.normal(size=(2, 5, 4))
    W, U, b, _, _ = random_weights(rng, 3, 4, 1, "float64")
    layer = torch.nn.RNN(3, 4, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        for parameter, array in zip(layer.parameters(), (W.T, U.T, b, 0 * b)):
            parameter.copy_(torch.tensor(array))
    states, _ = layer(torch.tensor(inputs))
    (states * torch.tensor(above)).sum().backward()
    theirs = [p.grad.numpy() for p in layer.parameters()]
    h = states.detach().numpy()
    _, dz = bptt.simple_rnn_backward(h, above, U)
    np.testing.assert_allclose(bptt.summed(inputs, dz), theirs[0].T, rtol=0, atol=1e-10)
    np.testing.assert_allclose(bptt.summed(bptt.before(h), dz), theirs[1].T, rtol=0, atol=1e-10)
    np.testing.assert_allclose(dz.sum(axis=(0, 1)), theirs[2], rtol=0, atol=1e-10)


def test_what_comes_from_above_is_left_as_it_was():
    h, above = np.full((1, 3, 1), 0.5), np.ones((1, 3, 1))
    bptt.simple_rnn_backward(h, above, U)
    assert np.all(above == 1)


def pocket(inputs, U=-1.0):
    """The way back with plain numbers: sums' derivatives, slope by slope."""
    states, h = [], 0.0
    for number in inputs:
        h = tanh(number * 1.4501959 + h * U)
        states.append(h)
    y = h * 0.5759429
    back, d = [], 2 * (y - 1) * 0.5759429
    for h in reversed(states):
        back.insert(0, d * (1 - h * h))
        d = back[0] * U
    return back, states, y


@pytest.mark.parametrize(("start", "inputs"), [("", (0.1, 0.2, 0.3)), ("large_", (1, 2, 3))])
def test_every_number_of_the_table(values, start, inputs):
    back, states, y = pocket(inputs)
    assert values[f"{start}y"] == pytest.approx(y, abs=1e-12)
    assert values[f"{start}loss"] == pytest.approx((y - 1) ** 2, abs=1e-12)
    np.testing.assert_allclose(values[f"{start}dz"], back, rtol=0, atol=1e-12)
    np.testing.assert_allclose(
        values[f"{start}to_W"], np.multiply(inputs, back), rtol=0, atol=1e-12
    )
    np.testing.assert_allclose(
        values[f"{start}to_U"], np.multiply([0, *states[:-1]], back), rtol=0, atol=1e-12
    )
    np.testing.assert_allclose(
        values[f"{start}through"], [-back[1], -back[2], 0], rtol=0, atol=1e-12
    )
    dy = 2 * (y - 1)
    expected = [
        np.dot(inputs, back),
        np.dot([0, *states[:-1]], back),
        sum(back),
        states[-1] * dy,
        dy,
    ]
    np.testing.assert_allclose(values[f"{start}gradients"], expected, rtol=0, atol=1e-12)


def test_the_contributions_to_U_nearly_cancel_with_small_inputs(values):
    assert abs(values["gradients"][1]) < 0.03 * abs(values["to_U"][1:]).min()


def test_how_much_arrives_at_step_0(values):
    assert abs(values["large_dz"][0]) < 1e-4 * abs(values["large_dh"][2])
    assert values["share_percent"] == pytest.approx(88.2, abs=0.1)


def test_exercise_1(values):
    back, _, _ = pocket((0.1, 0.2, 0.3), U=1.0)
    np.testing.assert_allclose(values["plus_dz"], back, rtol=0, atol=1e-12)
    assert values["plus_b"] == pytest.approx(sum(back), abs=1e-12)


def test_traps(values):
    _, (h0, h1, _), y = pocket((1, 2, 3))
    z = [1.4501959, 2 * 1.4501959 - h0, 3 * 1.4501959 - h1]
    d = 2 * (y - 1) * 0.5759429
    last = d * (1 - z[2] ** 2)
    middle = -last * (1 - z[1] ** 2)
    first = -middle * (1 - z[0] ** 2)
    assert values["slope_of_z_b"] == pytest.approx(first + middle + last, abs=1e-9)
    back, _, _ = pocket((0.1, 0.2, 0.3))
    assert values["half_b"] == pytest.approx(sum(back) / 2, abs=1e-12)


def test_claims_follow_the_values(values):
    assert all(true for _, true in bptt.claims(values).values())
    other = {
        "to_U": np.array([0, 0.12, -0.05]),
        "large_dz": np.array([-0.001, 0, 0]),
        "plus_dz": np.array([-0.3, 0.3, -0.3]),
        "large_dh": np.array([0, 0, -0.49]),
        "large_gradients": np.array([0.1, 0.1, 0.1, 0.5, 0.5]),
    }
    assert not any(true for _, true in bptt.claims(other).values())
