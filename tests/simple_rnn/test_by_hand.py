"""Part B by hand against Keras and against PyTorch."""

import keras
import numpy as np
import pytest

from snippets.simple_rnn import by_hand
from snippets.simple_rnn import model as part_b
from snippets.simple_rnn.model import U, W, W_y, b, b_y


def network_in_float64(x):
    """States and outputs by Keras's layers, called directly."""
    rnn = keras.layers.SimpleRNN(5, return_sequences=True, dtype="float64")
    dense = keras.layers.Dense(2, activation="sigmoid", dtype="float64")
    rnn.build(x.shape)
    dense.build((None, None, 5))
    rnn.set_weights([W, U, b])
    dense.set_weights([W_y, b_y])
    states = rnn(x)
    return np.array(states), np.array(dense(states))


@pytest.mark.parametrize("x", [by_hand.x_new, by_hand.x_six, part_b.make_data()[0]])
def test_the_network_by_hand_equals_keras(x):
    states, outputs = by_hand.elman(x)
    keras_states, keras_outputs = network_in_float64(x)
    np.testing.assert_allclose(states, keras_states, rtol=0, atol=1e-12)
    np.testing.assert_allclose(outputs, keras_outputs, rtol=0, atol=1e-12)
    np.testing.assert_allclose(outputs, part_b.predict(x), rtol=0, atol=1e-6)


def test_the_network_by_hand_equals_pytorch():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    rnn = torch.nn.RNN(3, 5, batch_first=True, dtype=torch.float64)
    linear = torch.nn.Linear(5, 2, dtype=torch.float64)
    tensor = lambda array: torch.tensor(np.ascontiguousarray(array))
    with torch.no_grad():
        rnn.weight_ih_l0.copy_(tensor(W.T))
        rnn.weight_hh_l0.copy_(tensor(U.T))
        rnn.bias_ih_l0.copy_(tensor(b))
        rnn.bias_hh_l0.zero_()
        linear.weight.copy_(tensor(W_y.T))
        linear.bias.copy_(tensor(b_y))
        torch_states, last = rnn(tensor(by_hand.x_six))
        torch_outputs = torch.sigmoid(linear(torch_states))
    states, outputs = by_hand.elman(by_hand.x_six)
    np.testing.assert_allclose(states, torch_states.numpy(), rtol=0, atol=1e-6)
    np.testing.assert_allclose(states[:, -1], last[0].numpy(), rtol=0, atol=1e-6)
    np.testing.assert_allclose(outputs, torch_outputs.numpy(), rtol=0, atol=1e-6)


def test_one_step_with_every_product_written_out():
    """Step 1: x is (1, 1, 1), the state that of step 0. Sums number by number, no matrix product."""
    values = by_hand.values()
    h = [np.tanh(4 * W[0, k] + 2 * W[1, k] + 1 * W[2, k] + b[k]) for k in range(5)]
    xW = [W[0, k] + W[1, k] + W[2, k] for k in range(5)]
    hU = [sum(h[i] * U[i, k] for i in range(5)) for k in range(5)]
    z = [xW[k] + hU[k] + b[k] for k in range(5)]
    s = [sum(np.tanh(z[i]) * W_y[i, j] for i in range(5)) + b_y[j] for j in range(2)]
    y = [1 / (1 + np.exp(-s[j])) for j in range(2)]
    expected = {"h_0": h, "xW_1": xW, "hU_1": hU, "z_1": z, "s_1": s, "y_1": y}
    for name, numbers in expected.items():
        np.testing.assert_allclose(values[name], numbers, rtol=0, atol=1e-12, err_msg=name)
    np.testing.assert_allclose(values["h_1"], np.tanh(z), rtol=0, atol=1e-12)


def test_targets_of_the_six_steps():
    """Written out: the differences of each input, for the step after it."""
    differences = [(0, 0), (2, 1), (0, 0), (0, 0), (-3, 0), (0, -4)]
    np.testing.assert_allclose(
        by_hand.values()["target_six"], 1 / (1 + np.exp(-np.array(differences))), rtol=0, atol=1e-12
    )


def test_units_3_and_4_repeat_units_1_and_2_a_step_later():
    """What the caption of the heat map says: the same signs, and sizes that go together."""
    units = by_hand.values()["units"]
    assert np.corrcoef(units[3, 1:], units[1, :-1])[0, 1] > 0.99
    assert np.corrcoef(units[4, 1:], units[2, :-1])[0, 1] < -0.99
    assert np.abs(units[0]).max() < 0.07


def test_answers_of_the_exercises_come_from_keras_too():
    values = by_hand.values()
    exercise = np.array([[[0, 4, 0], [1, 1, 1]]])
    np.testing.assert_allclose(
        values["y_exercise"], part_b.predict(exercise)[0, 1], rtol=0, atol=1e-6
    )
    reversed_ = part_b.predict(part_b.x_new[:, ::-1])[0]
    np.testing.assert_allclose(values["y_reversed"], reversed_, rtol=0, atol=1e-6)
    assert np.abs(values["y_reversed"] - 0.5).max() < 0.02


def test_claims_follow_the_values():
    values = by_hand.values()
    assert all(true for _, true in by_hand.claims(values).values())
    other = {
        "y_new": np.full((3, 2), 0.6),
        "units": np.full((5, 6), 0.2),
        "target_six": values["target_six"],
        "y_six": np.where(values["target_six"] == 0.5, 0.4, values["target_six"]),
        "y_exercise": np.array([0.01, 0.99]),
        "target_exercise": np.array([0.0180, 0.9820]),
        "error": 0.0006,
        "error_new": 0.0008,
    }
    assert not any(true for _, true in by_hand.claims(other).values())


def test_the_error_on_new_sequences():
    """By Keras, on sequences drawn and answered here, none of which is one of the 256."""
    x = np.random.default_rng(1).integers(0, 5, size=(1000, 6, 3)).astype(float)
    y = np.full((1000, 6, 2), 0.5)
    for t in range(1, 6):
        for k in range(2):
            y[:, t, k] = 1 / (1 + np.exp(x[:, t - 1, k + 1] - x[:, t - 1, k]))
    error = np.mean((network_in_float64(x)[1] - y) ** 2)
    np.testing.assert_allclose(by_hand.values()["error_new"], error, rtol=1e-9)
    known = {sequence.tobytes() for sequence in part_b.make_data()[0]}
    assert not any(sequence.tobytes() in known for sequence in x)


def test_the_second_exercise_asks_for_differences_of_minus_four_and_four():
    np.testing.assert_allclose(
        by_hand.values()["target_exercise"],
        [1 / (1 + np.exp(4)), 1 / (1 + np.exp(-4))],
        rtol=0,
        atol=1e-12,
    )
