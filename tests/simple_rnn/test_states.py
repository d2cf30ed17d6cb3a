"""Which states a SimpleRNN returns and where they start: by hand, in Keras, in PyTorch."""

import keras
import numpy as np
import pytest

from snippets.simple_rnn import states as part_b


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
