"""Each mistake by other means than the snippet's."""

from math import exp, tanh

import keras
import pytest

from snippets.parallel_scan import traps as part

X = (1, -1, 0.5)
GATES = [1 / (1 + exp(1.5 * x - 0.5)) for x in X]


def last(step):
    h = 0.0
    for z, x in zip(GATES, X, strict=True):
        h = step(h, z, x + 0.1)
    return h


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_the_last_state_under_each_mistake(values):
    assert values["right"] == pytest.approx(last(lambda h, z, c: z * h + (1 - z) * c))
    assert values["z_takes"] == pytest.approx(last(lambda h, z, c: (1 - z) * h + z * c))
    assert values["without_share"] == pytest.approx(last(lambda h, z, c: z * h + c))
    assert values["with_tanh"] == pytest.approx(last(lambda h, z, c: z * h + (1 - z) * tanh(c)))
    assert values["axis_0"] == pytest.approx((1 - GATES[2]) * 0.6)


def test_joined_the_wrong_way_round(values):
    """Of three pairs the first two are joined, then the third: each time the later acts first."""
    d = [(1 - z) * (x + 0.1) for z, x in zip(GATES, X, strict=True)]
    first_two = GATES[0] * d[1] + d[0]
    assert values["swapped"] == pytest.approx(GATES[0] * GATES[1] * d[2] + first_two)


def test_two_shut_gates(values):
    assert values["shut"] == pytest.approx(1 / (1 + exp(-2)))
    assert values["zero_32"] == -89  # e**89 is above the largest number of 32 bits, e**88 is not
    i, f = 0.3, -1.2
    i_, f_ = 1 / (1 + exp(-i)), 1 / (1 + exp(-f))
    assert part.share_of_f(i, f) == pytest.approx(f_ / (i_ + f_), abs=1e-12)


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values()) or (
        keras.backend.backend() != "tensorflow"
    )
    other = {"unknown_T": False, "known_T": False, "shut_nan": False}
    assert not any(true for _, true in part.claims(other).values())
