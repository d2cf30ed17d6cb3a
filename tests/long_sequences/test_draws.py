"""The short random generator: the numbers of its source, and numbers that look random."""

import numpy as np
import pytest

from snippets.long_sequences.draws import Draws
from snippets.reber.strings import accepts_embedded, embedded


def mulberry32(seed):
    """Mulberry32 in whole numbers of Python, an operation a line."""
    a = seed
    while True:
        a = (a + 0x6D2B79F5) % 2**32
        t = ((a ^ (a >> 15)) * (a | 1)) % 2**32
        t ^= (t + (t ^ (t >> 7)) * (t | 61)) % 2**32
        yield (t ^ (t >> 14)) / 2**32


@pytest.mark.parametrize("seed", [0, 1, 9999, 2**32 - 1])
def test_the_numbers_are_those_of_its_source(seed):
    rng, source = Draws(seed), mulberry32(seed)
    drawn = [*rng.random(7), *rng.random((2, 3)).ravel(), *rng.random()]
    assert drawn == [next(source) for _ in drawn]


def test_uniform_and_normal_numbers():
    uniform = Draws(3).uniform(-2, 6, (200, 100))
    assert -2 <= uniform.min() < -1.99 and 5.99 < uniform.max() < 6
    assert uniform.mean() == pytest.approx(2, abs=0.06)
    normal = Draws(4).normal((200, 100))
    assert normal.mean() == pytest.approx(0, abs=0.03)
    assert normal.std() == pytest.approx(1, abs=0.02)
    assert (normal > 1.96).mean() == pytest.approx(0.025, abs=0.004)
    assert (normal < -1.96).mean() == pytest.approx(0.025, abs=0.004)
    # neighbours have nothing to do with each other
    assert np.corrcoef(normal[:, :-1].ravel(), normal[:, 1:].ravel())[0, 1] == pytest.approx(0, abs=0.03)  # fmt: skip


def test_more_noise_begins_with_the_same():
    assert (Draws(5).normal((9, 7))[:4] == Draws(5).normal((4, 7))).all()


def test_choices_have_their_shares_and_strings_their_grammar():
    rng = Draws(6)
    drawn = [rng.choice("abc", p=[0.2, 0.5, 0.3]) for _ in range(5000)]
    shares = [drawn.count(letter) / 5000 for letter in "abc"]
    assert shares == pytest.approx([0.2, 0.5, 0.3], abs=0.03)
    strings = [embedded(rng, length) for length in (5, 20, 60) for _ in range(20)]
    assert all(map(accepts_embedded, strings))
    assert 20 < sum(string[1] == "T" for string in strings) < 40
