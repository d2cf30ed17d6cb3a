"""What dropout keeps on average, and what it does over time."""

import numpy as np
import pytest

from snippets.dropout import mean as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_one_number(values):
    assert values["linear"] == 1
    assert values["curved"] == pytest.approx((np.tanh(2) + 0) / 2)
    assert values["plain"] == pytest.approx(np.tanh(1))


def test_without_dropout_one_state_after_the_other(values):
    h, found = np.full(16, 0.25), []
    for _ in range(50):
        h = np.tanh(h @ part.U)
        found.append(np.sqrt((h**2).sum()))
    np.testing.assert_allclose(values["mean"][0], np.array(found)[part.STEPS - 1], atol=1e-12)
    np.testing.assert_allclose(values["spread"][0], 0, atol=1e-12)


@pytest.mark.parametrize("kind", ["one mask", "each step"])
def test_other_draws_say_the_same(values, kind):
    """The mean and spread of the page, drawn anew by a loop over draws."""
    draw, last = np.random.default_rng(7), []
    for _ in range(400):
        h, mask = part.start, 2.0 * (draw.random(16) < 0.5)
        for _ in range(50):
            if kind == "each step":
                mask = 2.0 * (draw.random(16) < 0.5)
            h = np.tanh((h * mask) @ part.U)
        last.append(np.linalg.norm(h))
    row = part.KINDS.index(kind)
    assert np.mean(last) == pytest.approx(values["mean"][row][-1], abs=0.12)
    assert np.std(last) == pytest.approx(values["spread"][row][-1], abs=0.1)


def test_a_unit_without_tanh(values):
    draw = np.random.default_rng(0)
    each = np.prod(2.0 * (draw.random((1_000_000, 3)) < 0.5), axis=1)
    assert each.mean() == pytest.approx(1, abs=0.02) and (each > 0).mean() == pytest.approx(
        1 / 8, abs=0.01
    )
    assert values["kept"][2] == values["chances"] == 2**10 and values["kept_mean"][2] == 2**9


def test_the_sum_of_squares_grows(values):
    draw = np.random.default_rng(0)
    for rate, factor in ((0.5, values["square"] / 0.95**2), (0.1, values["gentle"])):
        masks = (draw.random((20_000, 16)) >= rate) / (1 - rate)
        grown = ((masks * part.start) ** 2).sum(axis=1).mean()
        assert grown == pytest.approx(factor, rel=0.02)


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = {"mean": np.ones((3, 5)), "spread": np.ones((3, 5))}
    assert not any(true for _, true in part.claims(other).values())
