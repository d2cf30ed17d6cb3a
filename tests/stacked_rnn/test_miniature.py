"""The miniature against two Keras layers of one unit each."""

import keras
import numpy as np

from snippets.stacked_rnn import miniature as mini


def states_by_keras(x):
    layers = [
        keras.layers.SimpleRNN(1, return_sequences=True, dtype="float64"),
        keras.layers.SimpleRNN(1, return_sequences=True, dtype="float64"),
        keras.layers.Dense(1, activation="sigmoid", dtype="float64"),
    ]
    weights = [
        [[[mini.W1]], [[mini.U1]], [mini.b1]],
        [[[mini.W2]], [[mini.U2]], [mini.b2]],
        [[[mini.W_y]], [mini.b_y]],
    ]
    sequence, outputs = np.array(x, float).reshape(1, -1, 1), []
    for layer, arrays in zip(layers, weights, strict=True):
        layer.build(sequence.shape)
        layer.set_weights([np.array(array) for array in arrays])
        sequence = np.array(layer(sequence))
        outputs.append(sequence.ravel())
    return outputs


def test_every_state_and_output_equals_keras():
    values = mini.values()
    for name, by_keras in zip(["h1", "h2", "y"], states_by_keras(mini.x), strict=True):
        np.testing.assert_allclose(values[name], by_keras, rtol=0, atol=1e-12)


def test_sums_are_those_that_the_functions_undo():
    values = mini.values()
    np.testing.assert_allclose(values["z1"], np.arctanh(values["h1"]), atol=1e-12)
    np.testing.assert_allclose(values["z2"], np.arctanh(values["h2"]), atol=1e-12)
    np.testing.assert_allclose(values["z"], np.log(values["y"] / (1 - values["y"])), atol=1e-12)


def test_what_another_first_input_leaves_as_it_was():
    """Exercise 3, with Keras: its states and outputs all change, less from step to step."""
    before, after = states_by_keras(mini.x), states_by_keras([0, *mini.x[1:]])
    np.testing.assert_allclose(mini.values()["y_other"], after[2], rtol=0, atol=1e-12)
    assert all((one != other).all() for one, other in zip(before, after, strict=True))
    change = np.abs(before[2] - after[2])
    assert change[2] < 0.01 < 0.3 < change[0]
    # Of 30 numbers below the inputs 26 change: a product of the input at steps 1 and 2, and a zero a layer, stay.
    stays = mini.values()["stays"]
    assert stays.shape == (10, 3)
    assert stays.sum(axis=0).tolist() == [2, 1, 1]


def test_claims_follow_the_values():
    values = mini.values()
    assert all(true for _, true in mini.claims(values).values())
    other = values | {"stays": np.ones((10, 3), bool), "y_other": values["y"] + [0.1, 0.2, 0.3]}
    assert not any(true for _, true in mini.claims(other).values())
