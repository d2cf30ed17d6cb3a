"""Nodes read off by probes, and states exchanged: held to Keras's own cell, and to what is clear without computing."""

import keras
import numpy as np
import pytest

from snippets.reber.strings import SYMBOLS, walk
from snippets.what_the_state_remembers import lab
from snippets.what_the_state_remembers import nodes as page
from snippets.what_the_state_remembers.pca import prefixes
from snippets.what_the_state_remembers.probe import probe
from snippets.what_the_state_remembers.reader import draw, trained_weights


@pytest.fixture(scope="module")
def found():
    return page.values()


@pytest.fixture(scope="module")
def cell():
    """Keras's GRU with the trained weights, a step at a time: (h, symbol) to h."""
    cell = keras.layers.GRUCell(8, dtype="float64")
    cell.build((1, 7))
    cell.set_weights(trained_weights()[:3])

    def step(h, symbol):
        x = np.eye(7)[[SYMBOLS.index(symbol)]]
        return np.array(cell(x, [h[None]])[0])[0]

    return step


def by_keras(cell, string, change=lambda t, h: h):
    h, states = np.zeros(8), []
    for t, symbol in enumerate(string):
        h = change(t, cell(h, symbol))
        states.append(h)
    return np.array(states)


def test_the_lab_s_changes_are_those_of_keras_s_cell(cell):
    weights = trained_weights()
    recorded = lab.values()["tried"]
    states, nodes = prefixes(draw(60, 1), weights)
    mean = states.mean(axis=0)
    for n, (a, b, bits, zero, which, step, shown) in enumerate(lab.random_changes()):
        other = by_keras(cell, b)
        off = np.array([c == "1" for c in f"{bits:08b}"[::-1]])
        taken = np.array([which in (-1, j) for j in range(8)])

        def change(t, h, other=other, off=off, taken=taken, step=step, zero=zero):
            h = np.where(taken & (t == step), other[min(t, len(other) - 1)], h)
            return np.where(off, 0 if zero else mean, h)

        h = by_keras(cell, a, change)[shown]
        np.testing.assert_allclose(recorded[n, :8], h, rtol=0, atol=1e-9)
        scores = h @ weights[3] + weights[4]
        p = np.array(keras.ops.softmax(scores))
        np.testing.assert_allclose(recorded[n, 8:15], p, rtol=0, atol=1e-9)
        labels = np.array([[1 if node == k else -1 for k in range(1, 7)] for node in nodes])
        says = probe(states, labels, h[None])[0]
        np.testing.assert_allclose(recorded[n, 15:21], says, rtol=0, atol=1e-9)
        variances, vectors = np.linalg.eigh(np.cov(states.T))
        plane = (h - mean) @ vectors[:, :-3:-1]
        np.testing.assert_allclose(np.abs(recorded[n, 21:]), np.abs(plane), rtol=0, atol=1e-9)
    assert len(recorded) == 50


def test_all_of_a_state_decides_all_that_follows():
    weights = trained_weights()
    a, b = "BTXXVVE", "BPTTVPX"
    states, scores = page.changed(b, weights)
    after, after_scores = page.changed(a[:3] + b[3:], weights, states, range(8), 2)
    np.testing.assert_allclose(after[2:], states[2:], rtol=0, atol=1e-12)
    np.testing.assert_allclose(after_scores[2:], scores[2:], rtol=0, atol=1e-12)


def test_units_that_are_off_are_held_and_one_is_exchanged():
    weights = trained_weights()
    free, _ = page.changed("BTXXVVE", weights)
    other = np.full((7, 8), 0.5)
    held = np.arange(8) / 10
    states, _ = page.changed("BTXXVVE", weights, other, [3], 4, [1, 6], held)
    assert (states[:, [1, 6]] == held[[1, 6]]).all() and states[4, 3] == 0.5
    alone, _ = page.changed("BTXXVVE", weights, other, [3], 4)
    assert (alone[:4] == free[:4]).all() and alone[4, 3] == 0.5
    assert (np.delete(alone[4], 3) == np.delete(free[4], 3)).all()
    assert (alone[5] != free[5]).all()


def test_labels_name_the_node():
    assert page.node_labels(np.array([2, 6])).tolist() == [
        [-1, 1, -1, -1, -1, -1],
        [-1, -1, -1, -1, -1, 1],
    ]


@pytest.mark.claim
def test_probes_find_nodes_with_and_without_training(found):
    assert found["right"] > 98 and (found["random"] > 95).all() and len(found["random"]) == 5


@pytest.mark.claim
def test_only_the_whole_state_takes_the_other_node_along(found):
    assert found["other"][8] > 97 and found["own"][8] < 35
    assert found["off"].argmin() == 7 and (found["off"][:7] > found["off"][7] + 5).all()
    assert (found["own"][:8] > 80).all() and found["pairs"] > 500


def test_pairs_are_those_whose_nodes_differ():
    strings = draw(200, 2)
    pairs = 0
    for a, b in zip(strings, strings[1:], strict=False):
        pairs += sum(x != y for x, y in zip(walk(a)[1:-1], walk(b)[1:-1], strict=False))
    assert page.values()["pairs"] == pairs


@pytest.mark.claim
def test_the_exchange_shows_a_step_later():
    v = lab.values()
    assert v["p_a"][3, [1, 5]].sum() > 0.95 and v["exchanged"][3, [2, 3]].sum() > 0.95
    np.testing.assert_allclose(v["exchanged"][2], v["p_a"][2], rtol=0, atol=0.05)


def test_legal_shares_count_what_the_grammar_allows():
    weights = trained_weights()
    assert (
        page.legal_share(weights, [], np.zeros(8)) == 100
    )  # as reader.py has it, with nothing off
    only_e = [*weights[:4], np.eye(7)[6] * 1e9]
    ends = [string[:-1] for string in draw(200, 2)]
    steps = sum(map(len, ends))
    assert page.legal_share(only_e, [], np.zeros(8)) == pytest.approx(100 * len(ends) / steps)


def test_two_symbols_tell_the_node_in_all_strings_drawn():
    ends = {(s[t - 1 : t + 1], walk(s)[t + 1]) for s in draw(500, 3) for t in range(1, len(s))}
    assert page.two_tell() and len({pair for pair, _ in ends}) == len(ends) > 10
    assert len({pair[1] for pair, _ in ends}) < len({(pair[1], node) for pair, node in ends})
