"""The shapes that the three models give for real inputs."""

import keras
import numpy as np

from snippets.answers import one_answer_or_many as answer


def test_the_shapes_of_what_comes_out():
    assert answer.many_to_one(np.zeros((2, 5, 3))).shape == (2, 1)
    assert answer.many_to_many(np.zeros((2, 5, 3))).shape == (2, 5, 1)
    assert answer.one_to_many(np.zeros((2, 3))).shape == (2, 6, 1)
    assert answer.values() == {
        "many_to_one": "(None, 1)",
        "many_to_many": "(None, None, 1)",
        "one_to_many": "(None, 6, 1)",
    }


def test_repeat_vector_repeats_a_row():
    row = np.array([[1.0, 2.0, 3.0]])
    repeated = np.array(keras.layers.RepeatVector(6)(row))
    np.testing.assert_array_equal(repeated, np.repeat(row[:, None], 6, axis=1))
