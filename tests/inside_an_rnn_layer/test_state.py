"""What the state keeps of a prefix, and what it loses."""

import keras
import numpy as np
import pytest

from snippets.inside_an_rnn_layer import state as page
from snippets.inside_an_rnn_layer.model import U, W, b
from snippets.reber.strings import GRAMMAR, one_hot, walk


@pytest.fixture(scope="module")
def values():
    return page.values()


@pytest.fixture(scope="module")
def layer():
    layer = keras.layers.SimpleRNN(3, dtype="float64")
    layer.build((None, None, 7))
    layer.set_weights([W, U, b])
    return layer


def test_states_equal_keras(layer, values):
    for prefix, h in zip(page.SHOWN, values["shown"]):
        np.testing.assert_allclose(h, np.array(layer(one_hot(prefix)[None]))[0], rtol=0, atol=1e-12)


def test_prefixes_are_counted_as_by_the_powers_of_a_matrix(values):
    ways = np.zeros((8, 8), int)
    for node, nexts in GRAMMAR.items():
        for after in nexts.values():
            ways[node, after] += 1
    count = sum(np.linalg.matrix_power(ways, k)[0, 1:7].sum() for k in range(1, 11))
    found = page.prefixes(10)
    assert len(found) == len(set(found)) == count == values["prefixes"]
    assert all(walk(prefix)[-1] in range(1, 7) for prefix in found)


def test_every_state_is_nearest_to_the_mean_of_its_own_node(layer, values):
    """Again with Keras, all prefixes of one length in a batch."""
    node, states = [], []
    for length in range(1, 11):
        same = [prefix for prefix in page.prefixes(10) if len(prefix) == length]
        node += [walk(prefix)[-1] for prefix in same]
        states.append(np.array(layer(np.array([one_hot(prefix) for prefix in same]))))
    node, h = np.array(node), np.concatenate(states)
    centre = [h[node == n].mean(axis=0) for n in range(1, 7)]
    distance = np.array([[np.abs((row - c) ** 2).sum() for c in centre] for row in h])
    two = np.sort(distance, axis=1)
    assert np.array_equal(1 + distance.argmin(axis=1), node) and values["found"] == 100
    assert (two[:, 1] - two[:, 0]).min() > 0.01  # no close call: another processor finds the same


@pytest.mark.claim
def test_other_trainings_find_the_nodes_too(values):
    assert values["lowest"] >= 99.5


def test_the_count_is_lost(values):
    h, states = page.state("BT"), []
    for _ in range(100):
        h = np.tanh([W[2, j] + sum(h[i] * U[i, j] for i in range(3)) + b[j] for j in range(3)])
        states.append(h)
    np.testing.assert_allclose(
        values["many"], [states[k - 1] for k in (1, 2, 5, 10, 100)], rtol=0, atol=1e-12
    )
    assert np.abs(states[9] - states[99]).max() < 5e-7 and values["many_same"]
    assert np.abs(states[0] - states[1]).max() > 0.01


def test_more_sequences_than_states(values):
    assert 7**34 < 2**96 < 7**35
    assert values["bits"] == 96 and values["T_too_many"] == 35
