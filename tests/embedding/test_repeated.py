"""A word that stands twice: whether Adam squares its places or their sum."""

import keras
import numpy as np
import pytest

from snippets.embedding import repeated as part
from snippets.optimisers.step import adam


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_the_first_step_is_that_of_the_page_on_optimisers():
    _, dE = part.table_gradient(part.E, part.k)
    step = adam(part.E, dE, 0, 0, 1, 0.1)[0] - part.E
    np.testing.assert_allclose(part.summed_first, step, rtol=0, atol=1e-12)


def test_tensorflow_adds_the_squares(values):
    np.testing.assert_allclose(values["keras"], part.squared_first, rtol=0, atol=1e-6)
    first, second = part.dx[0][0], part.dx[0][2]
    ratio = abs(first + second) / np.hypot(first, second)  # of sum and root of squares
    np.testing.assert_allclose(values["factor"], ratio, rtol=1e-5)


def test_given_as_a_whole_table_keras_squares_the_sum():
    table = keras.Variable(part.E, dtype="float64")
    optimizer = keras.optimizers.Adam(0.1)
    optimizer.build([table])
    optimizer.apply([keras.ops.convert_to_tensor(part.dE)])
    np.testing.assert_allclose(np.array(table) - part.E, part.summed_first, rtol=0, atol=1e-6)


def test_a_hundred_equal_places_go_ten_times_as_far(values):
    squares = np.full(100, 1.0)
    step, expected = part.first_step(100.0, squares.sum()), part.first_step(100.0, 100.0**2)
    assert step / expected == pytest.approx(values["hundred"], rel=1e-5) == 10


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    assert not part.claims({"keras": part.summed_first})["places"][1]
