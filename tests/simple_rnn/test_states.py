"""Which states a SimpleRNN returns and where they start: by hand, in Keras, in PyTorch."""

import keras
import numpy as np
import pytest

from snippets.layers.simple_rnn import simple_rnn
from snippets.simple_rnn import states as part_b


def random_layer(m, u, use_bias, dtype, rng):
    """Return a Keras layer, and its W, U and b, which is zero where there is none."""
    W, U, b = (rng.normal(size=shape).astype(dtype) / 2 for shape in ((m, u), (u, u), (u,)))
    layer = keras.layers.SimpleRNN(
        u, return_sequences=True, return_state=True, use_bias=use_bias, dtype=dtype
    )
    layer.build((None, None, m))
    layer.set_weights([W, U, b] if use_bias else [W, U])
    return layer, W, U, b if use_bias else 0 * b


@pytest.mark.parametrize("use_bias", [True, False])
@pytest.mark.parametrize("m", [1, 2, 5])
@pytest.mark.parametrize("u", [1, 2, 5])
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_by_hand_equals_keras_for_random_weights(use_bias, m, u, dtype, tolerance):
    """One layer reads all sizes of N and T, from zero and from a given state."""
    rng = np.random.default_rng(m + 10 * u + 100 * use_bias)
    layer, W, U, b = random_layer(m, u, use_bias, dtype, rng)
    for N, T in [(1, 5), (2, 2), (5, 1)]:
        x, h = rng.normal(size=(N, T, m)).astype(dtype), rng.normal(size=(N, u)).astype(dtype)
        states, last = layer(x)
        np.testing.assert_allclose(simple_rnn(x, W, U, b), np.array(states), rtol=0, atol=tolerance)
        given, last = layer(x, initial_state=keras.ops.convert_to_tensor(h))
        by_hand = part_b.simple_rnn_from(x, h, W, U, b)
        np.testing.assert_allclose(by_hand, np.array(given), rtol=0, atol=tolerance)
        np.testing.assert_allclose(by_hand[:, -1], np.array(last), rtol=0, atol=tolerance)
        assert np.abs(by_hand - np.array(states)).max() > 1e-3  # the given state does matter


@pytest.mark.parametrize("use_bias", [True, False])
@pytest.mark.parametrize(("m", "u"), [(1, 1), (2, 5), (5, 2)])
def test_by_hand_equals_pytorch_for_random_weights(use_bias, m, u):
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    rng = np.random.default_rng(m + 10 * u)
    W, U, b = (
        rng.normal(size=(m, u)) / 2,
        rng.normal(size=(u, u)) / 2,
        rng.normal(size=u) * use_bias,
    )
    rnn = torch.nn.RNN(m, u, batch_first=True, bias=use_bias, dtype=torch.float64)
    tensor = lambda array: torch.tensor(np.ascontiguousarray(array))
    x, h = rng.normal(size=(2, 5, m)), rng.normal(size=(2, u))
    with torch.no_grad():
        rnn.weight_ih_l0.copy_(tensor(W.T))
        rnn.weight_hh_l0.copy_(tensor(U.T))
        if use_bias:  # PyTorch adds two
            rnn.bias_ih_l0.copy_(tensor(b / 4))
            rnn.bias_hh_l0.copy_(tensor(b * 3 / 4))
        from_zero, _ = rnn(tensor(x))
        given, last = rnn(tensor(x), tensor(h[None]))
    np.testing.assert_allclose(simple_rnn(x, W, U, b), from_zero.numpy(), rtol=0, atol=1e-6)
    by_hand = part_b.simple_rnn_from(x, h, W, U, b)
    np.testing.assert_allclose(by_hand, given.numpy(), rtol=0, atol=1e-6)
    np.testing.assert_allclose(by_hand[:, -1], last[0].numpy(), rtol=0, atol=1e-6)


def test_shapes_that_come_back():
    shapes = {
        name: [tuple(part.shape) for part in result]
        if isinstance(result, (list, tuple))
        else result.shape
        for name, result in part_b.returned().items()
    }
    assert shapes == {
        "neither": (1, 5),
        "return_sequences": (1, 3, 5),
        "return_state": [(1, 5), (1, 5)],
        "both": [(1, 3, 5), (1, 5)],
    }


def test_output_and_state_of_the_last_step_are_one_and_the_same():
    output, state = part_b.returned()["return_state"]
    sequence, last = part_b.returned()["both"]
    np.testing.assert_array_equal(np.array(output), np.array(state))
    np.testing.assert_array_equal(np.array(sequence)[:, -1], np.array(last))


def test_an_lstm_returns_three_arrays_and_the_third_is_new():
    """What the page says of it in passing."""
    output, h, c = keras.layers.LSTM(5, return_state=True)(part_b.x_new)
    np.testing.assert_array_equal(np.array(output), np.array(h))
    assert np.abs(np.array(c) - np.array(h)).max() > 1e-3


@pytest.mark.parametrize("cut", [1, 2, 5])
def test_two_pieces_are_one_if_the_state_is_handed_over(cut):
    whole = np.array(part_b.layer(return_sequences=True)(part_b.x_six))
    np.testing.assert_allclose(part_b.in_two_pieces(part_b.x_six, cut), whole, rtol=0, atol=1e-6)


def test_nothing_is_carried_from_one_call_or_sample_to_the_next():
    first = part_b.predict(part_b.x_new)
    np.testing.assert_array_equal(part_b.predict(part_b.x_new), first)
    pair = part_b.predict(np.concatenate([4 - part_b.x_new, part_b.x_new]))
    np.testing.assert_allclose(pair[1:], first, rtol=0, atol=1e-6)


def test_repeated_inputs_give_nearly_but_not_quite_repeated_outputs():
    values = part_b.values()
    assert values["eight"].shape == (8, 2)
    difference = np.abs(values["eight"][6] - values["eight"][0]).max()
    assert 1e-4 < difference < 1e-2
