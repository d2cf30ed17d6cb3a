"""The second row of the bias, against the equations in NumPy."""

import numpy as np

from snippets.answers import gru_bias as answer
from snippets.layers.gru import gru


def test_only_the_rows_of_the_gates_may_be_added():
    values = answer.values()
    assert values["bias"] == (2, 12)
    assert values["gates"] and not values["candidate"]


def test_the_same_by_hand():
    W, U, b = (np.array(w, "float64") for w in (answer.W, answer.U, answer.b))

    def last(b):
        return gru(answer.x, W, U, b)[-1][:, -1]

    for columns, same in ((slice(0, 8), True), (slice(8, 12), False)):
        moved = b.copy()
        moved[:, columns] = b[:, columns].sum(axis=0), 0 * b[1, columns]
        assert np.allclose(last(moved), last(b), rtol=0, atol=1e-12) is same
