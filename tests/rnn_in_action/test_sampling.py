"""What is cut off against Keras and plain counting; the lots against whole numbers of Python; whole strings."""

import keras
import numpy as np
import pytest

from snippets.reber.strings import SYMBOLS
from snippets.rnn_in_action import sampling
from snippets.rnn_in_action.generate import generate
from snippets.rnn_in_action.trained import trained

rng = np.random.default_rng(6)
SUMS = rng.normal(size=(40, 7)) * 3


def softmax(s, temperature=1.0):
    return np.array(keras.ops.softmax(np.asarray(s) / temperature))


@pytest.mark.parametrize("k", range(1, 8))
def test_the_k_largest_are_those_of_keras(k):
    p = softmax(SUMS)
    kept = sampling.top_k(p, k)
    best = np.array(keras.ops.top_k(p, k)[1])
    for row, all_of_it, places in zip(kept, p, best, strict=True):
        assert set(np.flatnonzero(row)) == set(places)
        np.testing.assert_allclose(row[places] * all_of_it[places].sum(), all_of_it[places])


@pytest.mark.parametrize("enough", [0.05, 0.3, 0.5, 0.8, 0.95, 0.999])
def test_the_largest_that_have_enough_are_counted_one_by_one(enough):
    p = softmax(SUMS)
    for row, all_of_it in zip(sampling.top_p(p, enough), p, strict=True):
        wanted, held = [0.0] * 7, 0.0
        for part, place in sorted(((part, at) for at, part in enumerate(all_of_it)), reverse=True):
            if held < enough:
                wanted[place] = part
            held += part
        np.testing.assert_allclose(row, np.divide(wanted, sum(wanted)), rtol=0, atol=1e-12)


def by_python(seed, n, step):
    """A lot, in whole numbers without a bound, cut to 32 bits."""

    def mixed(x):
        x = (x ^ x >> 16) * 0x21F0AAAD % 2**32
        x = (x ^ x >> 15) * 0x735A2D97 % 2**32
        return x ^ x >> 15

    return mixed((mixed((mixed(seed) + n) % 2**32) + step) % 2**32) / 2**32


def test_lots_are_those_of_whole_numbers():
    for seed in (0, 1, 77, 999_999):
        for step in (0, 1, 98):
            lots = sampling.lots(seed, np.arange(50), step)
            assert lots.tolist() == [by_python(seed, n, step) for n in range(50)]


def test_lots_fall_everywhere_alike():
    """Of seeds, strings and steps, each alone and one after the other: no tenth has much more than a tenth."""
    n, zero = np.arange(5000), np.zeros(1, int)
    for lots in (
        sampling.lots(1, n, 0),
        np.concatenate([sampling.lots(seed, zero, 0) for seed in n]),
        np.concatenate([sampling.lots(1, zero, step) for step in n]),
    ):
        tenths = np.histogram(lots, 10, (0, 1))[0]
        assert np.abs(tenths - 500).max() < 5 * np.sqrt(450)
        assert abs(np.corrcoef(lots[:-1], lots[1:])[0, 1]) < 0.07


def test_a_lot_falls_on_the_part_that_it_lies_in():
    q = np.array([[0.25, 0.0, 0.25, 0.0, 0.5, 0.0, 0.0]] * 6)
    lot = np.array([0.0, 0.24, 0.25, 0.49, 0.5, 1 - 2**-32])
    assert sampling.draw(q, lot).tolist() == [0, 0, 2, 2, 4, 4]


@pytest.mark.parametrize(
    "setting",
    [(1, "sample", 0), (3, "sample", 0), (0.3, "argmax", 0), (2, "top-k", 3), (1.5, "top-p", 0.7)],
)
def test_strings_are_those_of_the_generative_loop(setting):
    """Written one after the other, by the loop that the page shows, with lots of Python."""
    temperature, way, limit = setting
    weights, wanted = trained(), []
    for n in range(25):
        step = iter(range(100))

        def choose(s, n=n, step=step):
            p = softmax(s, temperature)
            if way != "sample":
                order = np.argsort(-p)
                enough = 1 + np.searchsorted(np.cumsum(p[order]), limit)
                p[order[{"argmax": 1, "top-k": limit, "top-p": enough}[way] :]] = 0
            reach, lot = np.cumsum(p / p.sum()), by_python(5, n, next(step))
            return int(np.searchsorted(reach, lot, side="right"))

        wanted.append(generate(weights, choose))
    assert sampling.write(weights, 5, setting, 25) == wanted


def test_what_is_left_at_node_6():
    v = sampling.values()
    assert v["p"].argmax() == SYMBOLS.index("E") and v["p"].sum() == pytest.approx(1)
    assert np.count_nonzero(v["top_k"]) == 2 and v["top_p"].tolist() == [0, 0, 0, 0, 0, 0, 1]
