"""The miniature of Part B against Keras, and each of its numbers against arithmetic."""

from math import exp, tanh

import keras
import numpy as np

from snippets.simple_rnn import miniature


def keras_outputs(x, W, U, b, W_y, b_y):
    """Return the states and outputs (T,) of two Keras layers with one unit each."""
    rnn = keras.layers.SimpleRNN(1, return_sequences=True, dtype="float64")
    dense = keras.layers.Dense(1, activation="sigmoid", dtype="float64")
    rnn.build((None, None, 1))
    dense.build((None, None, 1))
    rnn.set_weights([np.array([[W]]), np.array([[U]]), np.array([b])])
    dense.set_weights([np.array([[W_y]]), np.array([b_y])])
    states = rnn(np.reshape(x, (1, -1, 1)).astype("float64"))
    return np.array(states)[0, :, 0], np.array(dense(states))[0, :, 0]


def test_states_and_outputs_equal_keras():
    values = miniature.values()
    states, outputs = keras_outputs([1, 0, -1], 0.8, 0.5, 0.1, 2, -0.5)
    np.testing.assert_allclose(values["h"], states, rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["y"], outputs, rtol=0, atol=1e-12)


def test_every_number_in_between():
    values, h = miniature.values(), 0.0
    for t, x in enumerate([1, 0, -1]):
        z = 0.8 * x + 0.5 * h + 0.1
        expected = {"xW": 0.8 * x, "hU": 0.5 * h, "z": z, "h": tanh(z), "hW_y": 2 * tanh(z)}
        expected |= {"s": 2 * tanh(z) - 0.5, "y": 1 / (1 + exp(0.5 - 2 * tanh(z)))}
        for name, number in expected.items():
            np.testing.assert_allclose(values[name][t], number, rtol=0, atol=1e-12, err_msg=name)
        h = tanh(z)


def test_the_loop_on_the_page_ends_with_the_same_numbers():
    values = miniature.values()
    np.testing.assert_allclose(
        values["by_loop"], [values["h"][2], values["y"][2]], rtol=0, atol=1e-12
    )


def test_traps_of_the_miniature_equal_keras():
    values = miniature.values()
    _, swapped = keras_outputs([1, 0, -1], 0.5, 0.8, 0.1, 2, -0.5)
    _, without = keras_outputs([1, 0, -1], 0.8, 0.5, 0, 2, -0.5)
    np.testing.assert_allclose(values["y_swapped"], swapped, rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["y_without_bias"], without, rtol=0, atol=1e-12)


def test_a_state_without_input_settles_where_the_page_says():
    """Exercise 3. Found by halving an interval, not by iterating the step."""
    values = miniature.values()
    states, _ = keras_outputs([1, 0, 0], 0.8, 0.5, 0.1, 2, -0.5)
    np.testing.assert_allclose(values["h_silent"], states, rtol=0, atol=1e-12)
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if tanh(0.5 * middle + 0.1) > middle else (low, middle)
    np.testing.assert_allclose(values["h_rest"], low, rtol=0, atol=1e-12)
    faded, _ = keras_outputs([1] + 99 * [0], 0.8, 0.5, 0, 2, -0.5)
    assert abs(faded[-1]) < 1e-12
