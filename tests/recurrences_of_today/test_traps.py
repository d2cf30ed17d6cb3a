"""What goes wrong: where 32 bits end, and what two mistakes give."""

import math

import numpy as np

from snippets.recurrences_of_today import rwkv, traps


def test_the_limits_are_those_of_ieee_754():
    v = traps.values()
    largest = (2 - 2.0**-23) * 2.0**127
    assert v["limit"] == np.float32(math.log(largest)) and v["fits"] and v["nan"]
    assert traps.FITS < math.log(largest) < traps.TOO_LARGE
    n = 1.0  # the sum of e^0 … e^t, in doubles
    t = 0
    while n < largest:
        n, t = math.e * n + 1, t + 1
    assert v["full"] == t


def test_with_a_stabiliser_the_first_state_is_its_candidate():
    v = traps.values()
    wanted = math.tanh(1) / 2  # o = sigmoid(0)
    np.testing.assert_allclose([v["safe"], v["from_none"]], wanted, rtol=0, atol=1e-6)
    assert v["from_zero"] and v["infinite"] and v["wkv_safe"]


def test_two_mistakes_in_the_sums_written_out():
    """Step 2: decay before reading; and a bonus on all, which is none."""
    k, v = (1.0, -0.5, 1.5), (0.8, -0.4, 1.2)
    faded = [math.exp(k[0] - 0.8), math.exp(k[1] - 0.4), math.exp(k[2] + 0.3)]
    plain = [math.exp(k[0] - 0.4), math.exp(k[1]), math.exp(k[2])]
    for name, weights in (("decay_first", faded), ("bonus_kept", plain)):
        wanted = np.dot(weights, v) / sum(weights)
        assert abs(traps.values()[name][2] - wanted) < 1e-12
    none = rwkv.wkv_by_sums(np.array(k), np.array(v), 0.4, 0.0)
    np.testing.assert_allclose(traps.values()["bonus_kept"], none, rtol=0, atol=1e-14)
