"""An LSTM of one unit with relu, by plain numbers."""

from math import exp, tanh

import pytest

from snippets.answers import relu as answer


def states(activation):
    """50 states of the unit: all weights 1, the forget bias 1, each input 0.5."""
    h, c, found = 0.0, 0.0, []
    for _ in range(50):
        z = 0.5 + h
        i, f, o = (1 / (1 + exp(-s)) for s in (z, z + 1, z))
        c = f * c + i * activation(z)
        h = o * activation(c)
        found.append(h)
    return found


@pytest.mark.parametrize(("name", "activation"), [("tanh", tanh), ("relu", lambda z: max(z, 0.0))])
def test_the_states(name, activation):
    by_hand = states(activation)
    expected = [by_hand[step - 1] for step in answer.STEPS]
    assert answer.values()[name].tolist() == pytest.approx(expected, rel=1e-12)
