"""Each trap gives the number that the page says, computed here in another way."""

import math

import numpy as np
import pytest

from snippets.convlstm import miniature, traps

FRAMES = ([[0, 1, 0], [2, 0, 0], [0, 0, 0]], [[0, 0, 1], [0, 2, 0], [0, 0, 0]])
# (rows down, columns to the right): weight, for each block.
FROM_X = {
    "i": {(0, 0): 1},
    "f": {(0, 0): -1},
    "c": {(-1, 0): 0.5, (0, -1): 0.5, (0, 0): 1, (0, 1): -0.5, (1, 0): -0.5},
    "o": {(-1, 1): 1},
}
FROM_H = {
    "i": {(0, -1): 1},
    "f": {(-1, 0): 1, (0, 0): 1},
    "c": {(0, -1): 2, (-1, 0): -1},
    "o": {(1, -1): 1},
}
BIAS = {"i": -0.5, "f": 1, "c": 0, "o": 0.5}


def sigma(a):
    return 1 / (1 + math.exp(-a))


def hard(slope):
    return lambda a: min(1, max(0, slope * a + 0.5))


def middle(look=lambda r, q: (r, q), order="ifco", gate=sigma, state=1, places=range(3)):
    """The last state in the middle, place by place; look says where a weight looks instead."""

    def summed(frame, weights):
        found = 0
        for offset, weight in weights.items():
            r, q = (one + other for one, other in zip(place, look(*offset)))
            found += weight * frame.get((r, q), 0)
        return found

    h = c = dict.fromkeys(((r, q) for r in places for q in places), 0.0)
    for rows in FRAMES:
        x = {(r, q): rows[r][q] for r in range(3) for q in range(3)}
        new_h, new_c = {}, {}
        for place in h:
            z = {
                name: summed(x, FROM_X[role]) + state * summed(h, FROM_H[role]) + BIAS[role]
                for name, role in zip("ifco", order)
            }
            new_c[place] = gate(z["f"]) * c[place] + gate(z["i"]) * math.tanh(z["c"])
            new_h[place] = gate(z["o"]) * math.tanh(new_c[place])
        h, c = new_h, new_c
    return h[1, 1]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("right", {}),
        ("flipped", {"look": lambda r, q: (-r, -q)}),
        ("turned", {"look": lambda r, q: (q, r)}),
        ("wrong_order", {"order": "ifoc"}),
        ("no_state", {"state": 0}),
        ("valid", {"places": [1]}),  # one window lies inside, and its state has no neighbours
        ("hard_sigmoid", {"gate": hard(1 / 6)}),
        ("old_hard_sigmoid", {"gate": hard(0.2)}),
    ],
)
def test_each_mistake_gives_its_number(name, change):
    assert traps.values()[name] == pytest.approx(middle(**change), abs=1e-7)


def test_every_mistake_shows():
    values = dict(traps.values())
    right = values.pop("right")
    assert min(abs(number - right) for number in values.values()) > 0.005
    assert right == pytest.approx(miniature.values()["h"][1, 1, 1], abs=0)


def test_flipping_is_what_convolution_means_elsewhere():
    """numpy.convolve flips its kernel, numpy.correlate does not, as Keras."""
    row, kernel = np.array([0.0, 1, 0, 0]), np.array([1.0, 2, 3])
    assert np.correlate(row, kernel, "same").tolist() == [2 * 0 + 3, 2, 1, 0]
    assert np.convolve(row, kernel, "same").tolist() == [1, 2, 3, 0]
