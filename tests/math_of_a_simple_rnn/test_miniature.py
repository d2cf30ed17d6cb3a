"""The miniature against the notebook of 2023, how Keras draws its weights, and slopes against differences."""

import keras
import numpy as np

from snippets.layers.simple_rnn import simple_rnn
from snippets.math_of_a_simple_rnn import miniature as rnn


def test_every_digit_of_the_notebook_of_2023():
    """Seed 002 printed h and y; the last digit may be rounded or cut."""
    states = simple_rnn(rnn.x[None], rnn.W, rnn.U, rnn.b)
    y = states[0, -1] @ rnn.W_y + rnn.b_y
    np.testing.assert_allclose(y, [0.5746256], rtol=0, atol=5e-8)


def test_a_recurrent_kernel_of_one_number_starts_at_plus_or_minus_one():
    draws = [
        keras.layers.SimpleRNN(1).build((None, 3, 1))
        or np.array(keras.initializers.Orthogonal(seed=seed)((1, 1)))
        for seed in range(20)
    ]
    assert {round(float(draw[0, 0]), 6) for draw in draws} == {-1.0, 1.0}
    assert isinstance(
        keras.layers.SimpleRNN(1).cell.recurrent_initializer, keras.initializers.Orthogonal
    )


def test_a_kernel_of_one_number_starts_within_the_glorot_limit():
    draws = [
        float(keras.initializers.GlorotUniform(seed=seed)((1, 1))[0, 0]) for seed in range(200)
    ]
    assert 1.6 < max(np.abs(draws)) <= np.sqrt(3)


def test_weights_exist_before_compiling():
    assert [weight.shape for weight in rnn.build_model().get_weights()] == [
        (1, 1),
        (1, 1),
        (1,),
        (1, 1),
        (1,),
    ]


def test_slopes_equal_finite_differences():
    values, epsilon = rnn.values(), 1e-6
    z = values["z"]
    differences = (np.tanh(z + epsilon) - np.tanh(z - epsilon)) / (2 * epsilon)
    np.testing.assert_allclose(values["slope"], differences, rtol=0, atol=1e-9)


def test_without_a_recurrent_weight_only_the_last_input_counts():
    """Exercise 3."""
    x = np.array([[[1.0], [2.0], [3.0]], [[3.0], [2.0], [3.0]]])
    states = simple_rnn(x, rnn.W, 0 * rnn.U, rnn.b)
    assert states[0, -1] == states[1, -1]


def states_by_keras(numbers):
    layer = keras.layers.SimpleRNN(1, return_sequences=True, dtype="float64")
    layer.build((1, 3, 1))
    layer.set_weights([rnn.W, rnn.U, rnn.b])
    return np.array(layer(np.reshape(numbers, (1, -1, 1)).astype(float)))[0, :, 0]


def test_an_exchange_and_a_single_one_as_keras_has_them():
    values = rnn.values()
    exchanged = states_by_keras([2, 1, 3])
    np.testing.assert_allclose(values["h_exchanged"], exchanged, rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["y_exchanged"], exchanged[2] * 0.5759429, rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["h_pulse"], states_by_keras([1, 0, 0]), rtol=0, atol=1e-12)


def test_claims_follow_the_values():
    values = rnn.values()
    assert all(true for _, true in rnn.claims(values).values())
    other = {
        "h_pulse": np.abs(values["h_pulse"]),
        "h": values["h"] - [0, 0.2, 0],
        "y": values["y"],
        "y_exchanged": values["y"],
        "slope_scaled": values["slope"],
    }
    other["h_exchanged"] = other["h"]
    assert not any(true for _, true in rnn.claims(other).values())
