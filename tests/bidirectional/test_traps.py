"""What Keras's Bidirectional does silently, and what it refuses."""

import numpy as np
import pytest

from snippets.bidirectional import traps as part
from snippets.bidirectional.miniature import backward, x


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_a_layer_given_for_the_way_back_keeps_its_weights(values):
    assert (values["forward_kept"], values["backward_kept"]) == (False, True)
    forward, given, both = part.own_backward(2, 2)
    assert both.backward_layer is given and both.forward_layer is not forward


def test_two_widths_are_announced_wrongly(values):
    assert (values["width"], values["told"]) == (5, 4)


def test_each_is_refused_with_its_reason():
    for name, wanted in zip(part.REFUSED, ("go_backwards", "go_backwards", "return_sequences")):
        assert wanted in part.message(part.REFUSED[name]), name
    assert part.message(part.sequences) == "nothing"


def test_pieces_are_read_from_their_own_ends(values):
    """The backward way by hand: 0 then 1 in reverse, and the last input from the state that this left."""
    W, U, b = backward
    h_1 = np.tanh(x[1] * W + b)
    h_0 = np.tanh(x[0] * W + h_1 * U + b)
    h_2 = np.tanh(x[2] * W + h_0 * U + b)
    np.testing.assert_allclose(values["pieces"][:, 1], [h_0, h_1, h_2], rtol=0, atol=1e-6)


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = values | {"forward_kept": True, "same_there": False}
    assert not any(true for _, true in part.claims(other).values())
