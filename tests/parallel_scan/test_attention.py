"""Linear attention in miniature, as a pocket calculator has it."""

from math import exp

import numpy as np
import pytest

from snippets.parallel_scan import attention as part


def test_three_steps_by_hand():
    values = part.values()
    e = exp(-1)
    keys, queries = [[2, 1], [1, 2], [e, 1]], [[1, 1], [2, 1], [1, 2]]
    np.testing.assert_allclose(values["phi_k"], keys, rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["phi_q"], queries, rtol=0, atol=1e-12)
    np.testing.assert_allclose(
        values["S"], [[2, 1], [1, -1], [1 + e / 2, -0.5]], rtol=0, atol=1e-12
    )
    np.testing.assert_allclose(values["n"], [[2, 1], [3, 3], [3 + e, 4]], rtol=0, atol=1e-12)
    assert values["answer"].tolist() == pytest.approx([1, 1 / 9, (e / 2) / (11 + e)])
    np.testing.assert_allclose(
        values["share"],
        [[1, 0, 0], [5 / 9, 4 / 9, 0], np.array([4, 5, e + 2]) / (11 + e)],
        rtol=0,
        atol=1e-12,
    )
    assert values["scan_same"] and values["attention_same"] and values["keras_same"]
