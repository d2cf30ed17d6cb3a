"""Unmasked padding after a string, and before it in a new layer."""

import numpy as np
import pytest

from snippets.reber.strings import one_hot
from snippets.variable_lengths import drift as page
from snippets.variable_lengths.padding import LAYERS, make_layer


@pytest.fixture(scope="module")
def values():
    return page.values()


@pytest.mark.parametrize("name", LAYERS)
def test_distances_are_those_of_keras(name):
    layer = make_layer(name, return_sequences=True)
    x = np.zeros((2, 7, 7))
    x[:, :5] = one_hot("BTXSE"), one_hot("BPVVE")
    h = np.array(layer(x))
    expected = [np.sqrt(((h[0, t] - h[1, t]) ** 2).sum()) for t in (4, 5, 6)]
    np.testing.assert_allclose(page.distances(name, 2), expected, rtol=0, atol=1e-12)


def test_after_twenty_paddings_less_than_a_percent_is_left(values):
    for name in LAYERS:
        left = values[f"{name}_left"]
        assert left[0] == pytest.approx(100) and np.all(np.diff(left) < 0) and left[20] < 1
        assert left[20] > 0


@pytest.mark.parametrize("name", LAYERS)
def test_a_new_layer_stays_at_zero_until_the_string_begins(values, name):
    assert values[f"{name}_new"] == 0
    layer = LAYERS[name](4, dtype="float64")
    assert np.all(np.array(layer(np.zeros((1, 2, 7)))) == 0)
    assert np.any(np.array(make_layer(name)(np.zeros((1, 2, 7)))) != 0)
