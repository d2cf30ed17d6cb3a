"""The traps of two layers, each provoked in Keras itself."""

import math

import keras
import numpy as np
import pytest

from snippets.stacked_rnn import model as part_c
from snippets.stacked_rnn import traps

WEIGHTS = [part_c.W1, part_c.U1, part_c.b1, part_c.W2, part_c.U2, part_c.b2, part_c.W_y, part_c.b_y]


def predict(weights, **options):
    model = keras.Sequential(
        [
            keras.Input((None, 3)),
            keras.layers.SimpleRNN(5, return_sequences=True, **options),
            keras.layers.SimpleRNN(7, return_sequences=True, **options),
            keras.layers.Dense(2, activation="sigmoid"),
        ]
    )
    model.set_weights(weights)
    return np.array(model(part_c.x_new))[0]


def test_right_numbers_are_those_of_keras():
    np.testing.assert_allclose(traps.values()["right"], predict(WEIGHTS), rtol=0, atol=1e-6)


def test_sigmoid_in_place_of_tanh():
    by_keras = predict(WEIGHTS, activation="sigmoid")
    np.testing.assert_allclose(traps.values()["sigmoid"], by_keras, rtol=0, atol=1e-6)


def test_without_biases():
    by_keras = predict(
        [w for w in WEIGHTS if w is not part_c.b1 and w is not part_c.b2], use_bias=False
    )
    np.testing.assert_allclose(traps.values()["no_bias"], by_keras, rtol=0, atol=1e-6)
    assert list(by_keras[2] > 0.5) == [True, False]  # it should be no, yes


def test_the_old_state_of_layer_1_is_its_sequence_moved_by_one_step():
    model = part_c.trained()
    first = model.layers[0](part_c.x_new.astype("float32"))
    late = np.concatenate([np.zeros((1, 1, 5)), np.array(first)[:, :-1]], axis=1)
    by_keras = np.array(model.layers[2](model.layers[1](late)))[0]
    np.testing.assert_allclose(traps.values()["late"], by_keras, rtol=0, atol=1e-6)


def test_without_sequences_from_layer_1_keras_names_the_axes():
    message = traps.without_sequences()
    assert (
        "layer_2" in message
        and "expected ndim=3, found ndim=2" in message
        and "(None, 5)" in message
    )


def test_last_state_of_the_top_layer_is_the_last_row():
    assert traps.last_only().shape == (1, 2)
    np.testing.assert_allclose(traps.last_only()[0], predict(WEIGHTS)[-1], rtol=0, atol=1e-6)


def test_a_wrong_order_of_arrays_is_refused_where_shapes_differ():
    wrong = [
        part_c.W1,
        part_c.W2,
        part_c.W_y,
        part_c.U1,
        part_c.U2,
        part_c.b1,
        part_c.b2,
        part_c.b_y,
    ]
    with pytest.raises(ValueError):
        predict(wrong)


def test_a_wrong_order_of_arrays_is_taken_where_shapes_are_the_same():
    rng = np.random.default_rng(0)
    layer = keras.layers.SimpleRNN(5)
    x = rng.normal(size=(1, 3, 5)).astype("float32")
    layer.build(x.shape)
    W, U, b = rng.normal(size=(5, 5)), rng.normal(size=(5, 5)), rng.normal(size=5)
    layer.set_weights([W, U, b])
    right = np.array(layer(x))
    layer.set_weights([U, W, b])
    assert np.abs(np.array(layer(x)) - right).max() > 0.1


@pytest.mark.parametrize(("sizes", "count"), [((5, 7, 4), 194), ((7, 5), 154)])
def test_parameters_of_the_exercises(sizes, count):
    total, below = 0, 3
    for u in sizes:
        total, below = total + below * u + u * u + u, u
    assert total + below * 2 + 2 == count == part_c.build_model(sizes).count_params()


def test_equal_sizes_let_two_kernels_be_exchanged_without_a_word():
    small = [0.8, -0.5, 0.1, 0.6, 1.2, -0.2, 2.0, -0.5]  # W2 and U2 are 1.2 and 0.6
    model = keras.Sequential(
        [
            keras.Input((None, 1)),
            keras.layers.SimpleRNN(1, return_sequences=True),
            keras.layers.SimpleRNN(1),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.set_weights([np.reshape(w, old.shape) for w, old in zip(small, model.get_weights())])
    by_keras = np.array(model(np.array([[[1.0], [0.0], [2.0]]])))[0, 0]
    assert abs(traps.exchanged() - by_keras) < 1e-6
    assert abs(by_keras - 0.7065) > 0.01


def test_one_state_for_two_layers():
    """Step by step, in numbers: layer 2 takes its own memory from what layer 1 has made."""
    h = math.tanh(math.tanh(0.8 * 1 - 0.5 * 0 + 0.1) * (1.2 + 0.6) - 0.2)
    h = math.tanh(math.tanh(0.8 * 0 - 0.5 * h + 0.1) * (1.2 + 0.6) - 0.2)
    h = math.tanh(math.tanh(0.8 * 2 - 0.5 * h + 0.1) * (1.2 + 0.6) - 0.2)
    assert abs(traps.shared() - 1 / (1 + math.exp(0.5 - 2 * h))) < 1e-12


def test_claims_follow_the_values():
    values = traps.values()
    assert all(true for _, true in traps.claims(values).values())
    one_right = values | {"no_bias": np.where([1, 0], values["right"], values["no_bias"])}
    assert not any(true for _, true in traps.claims(one_right).values())
