"""The states of Bidirectional, against its two layers called alone."""

import numpy as np

from snippets.answers import bidirectional_states as answer


def test_forward_states_come_first():
    _, *forward = answer.both.forward_layer(answer.x)
    _, *backward = answer.both.backward_layer(answer.x)
    for told, alone in zip(answer.states, [*forward, *backward], strict=True):
        np.testing.assert_allclose(told, alone, rtol=0, atol=1e-6)


def test_output_and_weights():
    values = answer.values()
    assert values["joined"] and values["y"] == (2, 8) and values["decoded"] == (2, 8)
    assert values["states"] == 4 and values["state"] == (2, 4)
    alone = answer.both.forward_layer
    assert values["arrays"] == 2 * len(alone.get_weights())
    assert values["parameters"] == 2 * alone.count_params()
    for told, own in zip(answer.both.get_weights(), alone.get_weights()):
        np.testing.assert_array_equal(told, own)


def test_a_start_is_taken_in_the_same_order():
    pieces = answer.both(answer.x, initial_state=answer.states)[1:]
    fh = answer.both.forward_layer(answer.x, initial_state=answer.states[:2])[1]
    np.testing.assert_allclose(pieces[0], fh, rtol=0, atol=1e-6)
