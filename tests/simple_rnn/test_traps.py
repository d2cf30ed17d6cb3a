"""The traps of Part B: each wrong number is what Keras gives if it is set up wrongly on purpose."""

import keras
import numpy as np
import pytest

from snippets.simple_rnn import traps as part_b
from snippets.simple_rnn.model import U, W, W_y, b, b_y, build_model


def by_keras(x, weights, state=None, **arguments):
    rnn = keras.layers.SimpleRNN(5, return_sequences=True, dtype="float64", **arguments)
    dense = keras.layers.Dense(2, activation="sigmoid", dtype="float64")
    rnn.build((None, None, 3))
    dense.build((None, None, 5))
    rnn.set_weights(weights)
    dense.set_weights([W_y, b_y])
    state = None if state is None else keras.ops.convert_to_tensor(state)
    return np.array(dense(rnn(x, initial_state=state)))[0]


def state_of_another_sample():
    rnn = keras.layers.SimpleRNN(5, dtype="float64")
    rnn.build((None, None, 3))
    rnn.set_weights([W, U, b])
    return np.array(rnn(np.array([[[0.0, 3, 3], [0, 0, 4]]])))


@pytest.mark.parametrize(
    ("name", "weights", "arguments"),
    [
        ("right", [W, U, b], {}),
        ("sigmoid", [W, U, b], {"activation": "sigmoid"}),
        ("no_bias", [W, U], {"use_bias": False}),
        ("U_transposed", [W, U.T, b], {}),
        ("no_state", [W, np.zeros((5, 5)), b], {}),
        ("state_kept", [W, U, b], {"state": state_of_another_sample()}),
    ],
)
def test_each_trap_gives_what_keras_gives(name, weights, arguments):
    right = part_b.values()["right"]
    found = part_b.values()[name]
    expected = by_keras(part_b.x_new, weights, **arguments)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    if name != "right":
        assert np.abs(found - right).max() > 1e-3


def test_a_transposed_kernel_does_not_fit():
    with pytest.raises(ValueError):
        part_b.outputs(part_b.x_new[0], W.T, U, b)


def test_exchanged_kernels_do_not_fit():
    with pytest.raises(ValueError):
        build_model().set_weights([U, W, b, W_y, b_y])


def test_without_a_bias_there_is_one_array_less():
    layer = keras.layers.SimpleRNN(5, use_bias=False)
    layer.build((None, None, 3))
    assert [weight.shape for weight in layer.get_weights()] == [(3, 5), (5, 5)]


def test_claims_follow_the_values():
    values = part_b.values()
    assert all(true for _, true in part_b.claims(values).values())
    other = values | {"no_state": values["no_state"] + [[0, 0], [0.011, 0], [0, 0]]}
    assert not any(true for _, true in part_b.claims(other).values())
