"""Two layers by hand, in both orders, against Keras, against PyTorch and against each other."""

import keras
import numpy as np
import pytest

from snippets.stacked_rnn import by_hand
from snippets.stacked_rnn import model as part_c

# Every N, T, m and u of {1, 2, 5}, with and without bias and initial state.
CASES = [
    (1, 1, 1, (1, 1), True, False),
    (1, 5, 2, (5, 2), True, True),
    (2, 2, 5, (1, 5), False, False),
    (2, 1, 1, (2, 2), False, True),
    (5, 5, 5, (2, 1), True, True),
    (5, 2, 1, (5, 5), True, False),
    (1, 2, 5, (2, 5), False, True),
    (2, 5, 2, (1, 2), True, True),
    (5, 1, 2, (5, 1), False, False),
]


@pytest.mark.parametrize(("N", "T", "m", "units", "bias", "given"), CASES)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float64", 1e-12)])
def test_by_hand_equals_keras_for_random_weights(N, T, m, units, bias, given, dtype, tolerance):
    rng = np.random.default_rng(N + 10 * T + 100 * m)
    x = rng.normal(size=(N, T, m)).astype(dtype)
    start = [rng.uniform(-1, 1, size=(N, u)).astype(dtype) for u in units] if given else None
    sequence, below, layers, by_keras = x, m, [], []
    for k, u in enumerate(units):
        W, U = (rng.normal(size=shape).astype(dtype) / 2 for shape in ((below, u), (u, u)))
        b = rng.normal(size=u).astype(dtype) if bias else np.zeros(u, dtype)
        layer = keras.layers.SimpleRNN(u, return_sequences=True, use_bias=bias, dtype=dtype)
        layer.build(sequence.shape)
        layer.set_weights([W, U, b] if bias else [W, U])
        # Called directly: through Sequential and predict, float64 becomes float32.
        sequence = layer(sequence, initial_state=start[k] if given else None)
        by_keras.append(np.array(sequence))
        layers.append((W, U, b))
        below = u
    for mine, theirs in zip(by_hand.step_by_step(x, layers, start), by_keras, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=0, atol=tolerance)
    if not given:
        for mine, theirs in zip(by_hand.layer_by_layer(x, layers), by_keras, strict=True):
            np.testing.assert_allclose(mine, theirs, rtol=0, atol=tolerance)


@pytest.mark.parametrize("units", [(5, 7), (1, 2, 5), (2,)])
def test_both_orders_give_the_same_numbers(units):
    rng = np.random.default_rng(0)
    layers, below = [], 3
    for u in units:
        layers.append((rng.normal(size=(below, u)), rng.normal(size=(u, u)), rng.normal(size=u)))
        below = u
    x = rng.normal(size=(4, 9, 3))
    pairs = zip(by_hand.layer_by_layer(x, layers), by_hand.step_by_step(x, layers), strict=True)
    for one, other in pairs:
        np.testing.assert_allclose(one, other, rtol=0, atol=1e-12)


def test_a_given_start_is_left_as_it_was():
    start = [np.ones((1, 5)), np.ones((1, 7))]
    by_hand.step_by_step(part_c.x_new, by_hand.layers, start)
    assert start[0].min() == start[1].min() == 1


def test_two_machines_need_seven_turns_for_six_steps():
    """Exercise 4: in each turn compute every state whose two sources are there."""
    done, turns = set(), 0
    while len(done) < 12:
        ready = {
            (k, t)
            for k in (1, 2)
            for t in range(6)
            if (k, t) not in done and (k == 1 or (1, t) in done) and (t == 0 or (k, t - 1) in done)
        }
        assert len(ready) <= 2 and len({k for k, _ in ready}) == len(ready)
        done |= ready
        turns += 1
    assert turns == 7 == 6 + 2 - 1


def test_states_and_outputs_equal_those_of_the_keras_model():
    for x in (part_c.x_new, by_hand.x_six):
        h1, h2, y = by_hand.states_from_keras(x)
        mine = by_hand.layer_by_layer(x, by_hand.layers)
        np.testing.assert_allclose(mine[0], h1, rtol=0, atol=1e-6)
        np.testing.assert_allclose(mine[1], h2, rtol=0, atol=1e-6)
        np.testing.assert_allclose(
            by_hand.dense(mine[1], part_c.W_y, part_c.b_y)[1], y, rtol=0, atol=1e-6
        )


def test_one_step_repeated_is_what_keras_predicts():
    h1, h2, outputs = np.zeros(5), np.zeros(7), []
    for x in part_c.x_new[0]:
        h1, h2, y = by_hand.one_step(x, h1, h2)
        outputs.append(y)
    by_keras = part_c.trained().predict(part_c.x_new, verbose=0)[0]
    np.testing.assert_allclose(outputs, by_keras, rtol=0, atol=1e-6)


def test_sums_of_step_1_are_those_inside_the_tanh_of_keras():
    values = by_hand.values()
    h1, h2, y = (states[0, 1] for states in by_hand.states_from_keras(part_c.x_new))
    np.testing.assert_allclose(np.tanh(values["xW1"] + values["hU1"] + part_c.b1), h1, atol=1e-6)
    np.testing.assert_allclose(np.tanh(values["hW2"] + values["hU2"] + part_c.b2), h2, atol=1e-6)
    np.testing.assert_allclose(1 / (1 + np.exp(-values["z_y"])), y, atol=1e-6)
    assert values["one_step_same"] and values["orders_same"] and values["same_as_keras"]


def test_longer_sequence_is_the_drawn_one():
    """The drawing shows the first numbers, when they fell, and the lamp."""
    assert list(by_hand.x_six[0, :, 0]) == [3, 1, 4, 2, 2, 1]
    fell, odd = by_hand.values()["y_six"] > 0.5
    assert list(fell) == [0, 1, 0, 1, 0, 1] and list(odd) == [0, 1, 1, 0, 0, 1]


def test_what_the_page_sees_in_the_heat_maps():
    values = by_hand.values()
    h1, h2 = values["h1_six"], values["h2_six"]
    lamp = np.array([0, 1, 1, 0, 0, 1], bool)
    assert list(np.flatnonzero(h1[3] < 0)) == [1, 3, 5]
    assert h1[0].argmax() == h1[2].argmax() == 2
    for states in (h1, h2):
        assert not any(
            (np.array_equal(row > 0, lamp) or np.array_equal(row < 0, lamp)) for row in states
        )


@pytest.mark.parametrize("weights", ["printed", "random"])
def test_two_layers_of_pytorch_agree(weights):
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    x, layers = part_c.x_new, by_hand.layers
    if weights == "random":
        rng = np.random.default_rng(1)
        x = rng.normal(size=(4, 6, 3))
        layers = [tuple(rng.normal(size=w.shape) / 2 for w in layer) for layer in layers]
    sequence = torch.tensor(x)
    for (W, U, b), mine in zip(layers, by_hand.layer_by_layer(x, layers), strict=True):
        rnn = torch.nn.RNN(*W.shape, batch_first=True, dtype=torch.float64)
        with torch.no_grad():
            rnn.weight_ih_l0.copy_(torch.tensor(W.T))
            rnn.weight_hh_l0.copy_(torch.tensor(U.T))
            rnn.bias_ih_l0.copy_(torch.tensor(b / 4))  # two biases, which are added
            rnn.bias_hh_l0.copy_(torch.tensor(b * 3 / 4))
            sequence, _ = rnn(sequence)
        np.testing.assert_allclose(mine, sequence.numpy(), rtol=0, atol=1e-6)


def test_layers_of_one_nn_rnn_have_the_same_size():
    """Why the stack of 5 and 7 takes two of them."""
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    rnn = torch.nn.RNN(3, 5, num_layers=2)
    assert rnn.weight_ih_l1.shape == rnn.weight_hh_l1.shape == (5, 5)


def test_claims_follow_the_values():
    values = by_hand.values()
    assert all(true for _, true in by_hand.claims(values).values())
    lamp = values["y_six"][1] - 0.5
    other = values | {"h1_six": np.array([values["h1_six"][0], -lamp, lamp]), "h2_six": lamp[None]}
    assert not any(true for _, true in by_hand.claims(other).values())
