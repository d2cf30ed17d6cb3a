"""PCA against the eigenvectors of the covariance, and what the groups of states say."""

import numpy as np
import pytest

from snippets.what_the_state_remembers import pca as page


@pytest.fixture(scope="module")
def found():
    return page.values()


def test_pca_equals_eigenvectors_of_the_covariance():
    rng = np.random.default_rng(0)
    states = rng.normal(size=(40, 5)) @ rng.normal(size=(5, 5)) + 3
    points, directions, shares = page.pca(states)
    variances, vectors = np.linalg.eigh(np.cov(states.T))
    np.testing.assert_allclose(shares, variances[::-1] / variances.sum(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(np.abs(directions @ vectors[:, ::-1]), np.eye(5), rtol=0, atol=1e-9)
    np.testing.assert_allclose(points.var(axis=0, ddof=1), variances[::-1], rtol=0, atol=1e-9)
    assert all(row[np.abs(row).argmax()] > 0 for row in directions)


def test_turning_the_states_changes_no_share():
    """Exercise 2."""
    rng = np.random.default_rng(1)
    states = rng.normal(size=(30, 4)) * [1, 2, 3, 4]
    Q, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    np.testing.assert_allclose(page.pca(states)[2], page.pca(states @ Q)[2], rtol=0, atol=1e-12)


def test_nearest_finds_the_nearest_mean():
    states = np.array([[0.0, 0], [0, 2], [10, 0], [10, 2]])
    nodes = np.array([3, 3, 5, 5])
    assert page.nearest(states, nodes, np.array([[4.9, 1], [5.1, 1]])).tolist() == [3, 5]


def test_prefixes_come_once_with_their_nodes_and_leave_out_old_ones():
    weights = page.trained_weights()
    states, nodes = page.prefixes(["BTXSE", "BTSXSE"], weights)
    assert nodes.tolist() == [1, 2, 4, 6, 2, 4, 6]  # B BT BTX BTXS, BTS BTSX BTSXS
    assert page.prefixes(["BTSXSE"], weights, without=["BTXSE"])[1].tolist() == [2, 4, 6]


def test_variance_between_nodes():
    states, nodes = np.array([[1.0, 5], [1, 7], [3, 5], [3, 7]]), np.array([1, 1, 2, 2])
    assert page.explained(states, nodes).tolist() == [1, 0]
    assert page.one_node(states, nodes).tolist() == [[True, True], [False, False]]


@pytest.mark.claim
def test_nodes_are_found_in_trained_states_and_less_in_untrained_ones(found):
    assert (found["trained"][:, 1] > 98).all() and (found["trained"][:, 2] > 95).all()
    assert (found["untrained"][:, 1:] < 80).all()
    assert (found["explained"] > 85).all() and found["one_node"] < 0.2 * found["pairs"]


@pytest.mark.claim
def test_nodes_2_and_4_are_nearest_but_apart(found):
    distances = found["distances"] + 9 * np.eye(6)
    assert distances.min() == distances[1, 3] > 1.2
