"""Which seed decides the first weights."""

import random

import numpy as np

from snippets.answers import seeds as answer


def test_the_seed_of_keras_decides_and_that_of_numpy_does_not():
    assert answer.values() == {"keras_seed": True, "numpy_seed": False}


def test_the_seed_of_python_decides_as_well():
    one, again = (answer.first_kernel(random.seed, 1) for _ in range(2))
    assert np.array_equal(one, again)
