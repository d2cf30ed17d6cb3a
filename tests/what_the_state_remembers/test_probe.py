"""Linear probes: against NumPy's own fit, at chance where nothing is to be found, and what they find."""

import itertools

import numpy as np
import pytest

from snippets.what_the_state_remembers import probe as page


@pytest.fixture(scope="module")
def found():
    return page.values()


def test_a_probe_of_one_unit_is_the_line_of_least_squares():
    rng = np.random.default_rng(0)
    seen, labels, new = rng.normal(size=30), rng.choice([-1, 1], 30), rng.normal(size=5)
    line = np.polyfit(seen, labels, 1)
    np.testing.assert_allclose(
        page.probe(seen[:, None], labels, new[:, None]), np.polyval(line, new), rtol=0, atol=1e-12
    )


def test_the_line_has_the_smallest_sum_of_squares():
    rng = np.random.default_rng(1)
    seen, labels = rng.normal(size=(20, 3)), rng.choice([-1.0, 1.0], 20)
    best = np.sum((page.probe(seen, labels, seen) - labels) ** 2)
    line = [0.0, 0, 0, labels.mean()]
    A = np.column_stack([seen, np.ones(20)])
    for _ in range(2000):  # downhill, step by step
        line = line - 0.02 * A.T @ (A @ line - labels)
    assert abs(np.sum((A @ line - labels) ** 2) - best) < 1e-9


def test_accuracy_counts_right_sides():
    seen, labels = np.array([[0.0], [1], [2], [3]]), np.array([-1, -1, 1, 1])
    assert (
        page.accuracy(seen, labels, np.array([[-5.0], [9], [1.4]]), np.array([-1, -1, -1])) == 2 / 3
    )


def test_probes_see_the_unit_and_the_layer_they_are_asked_for():
    rng = np.random.default_rng(2)
    labels = np.tile([1, -1], 20)
    cells = rng.normal(size=(3, 2, 40, 8))
    cells[1, 1, :, 5] += 9 * labels
    units = page.probe_units(cells, labels, cells, labels)
    assert units.shape == (3, 2, 8) and np.argwhere(units == 1).tolist() == [[1, 1, 5]]
    layers = page.probe_layers(cells, labels, cells, labels)
    assert layers.shape == (3, 2) and np.argwhere(layers == 1).tolist() == [[1, 1]]


def test_halves_share_no_inner_string_and_keep_twins_together():
    x, labels, x_new, new_labels = page.split()
    inner = [{row[2:].tobytes() for row in half} for half in (x, x_new)]
    assert not inner[0] & inner[1] and len(inner[0]) == len(inner[1]) == 39
    assert (x[::2, 2:] == x[1::2, 2:]).all() and labels.sum() == new_labels.sum() == 0


def test_shuffled_labels_are_guessed_even_where_the_true_ones_are_plain():
    labels = np.tile([1, -1], 39)
    cells = np.random.default_rng(3).normal(size=(2, 78, 8)) + 9 * labels[:, None]
    chance = page.control(cells, labels, cells[:, ::-1] * -1, labels)
    assert chance.shape == (2, 8, 200) and abs(chance.mean() - 0.5) < 0.02 and chance.max() < 0.8


def test_coins():
    """Exercise 1, by counting all that twenty coins can do, or five."""
    throws = [sum(throw) for throw in itertools.product((0, 1), repeat=5)]
    assert page.coin(4, 5) == sum(n >= 4 for n in throws) / 32
    # 15504 + 4845 + 1140 + 190 + 20 + 1 ways of 2 to the 20th
    assert page.coin(15, 20) == 21700 / 1048576


@pytest.mark.claim
def test_one_cell_knows_the_symbol_at_every_step(found):
    assert found["carrier"].tolist() == [0, 1]
    lowest = np.sort(found["lowest"].ravel())
    assert lowest[-1] > 0.98 and lowest[-2] < 0.7
    assert (found["units"][1, :, 3] < 0.75).all()  # step 8, layer 2
    assert (found["units"][:, :, 0] == 1).all()  # step 1


@pytest.mark.claim
def test_few_units_pass_the_bar_of_chance(found):
    assert abs(found["chance_mean"] - 0.5) < 0.01 and 0.6 < found["chance_limit"] < 0.7
    assert found["chance_above"] < 1.5 < 3 < found["above"] and found["nothing"] >= 10
    assert found["state_lowest"] < 0.9 and 70 < found["same_strings"] < 85
    assert (found["layers"][:, 1:] > 0.9).all()
