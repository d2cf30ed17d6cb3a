"""diag and the norm, by plain arithmetic."""

import math

import numpy as np
import pytest

from snippets.long_sequences import tables as part


def test_what_the_tables_make_of_vectors():
    values = part.values()
    assert values["diag"].tolist() == [[0.5 * 1, 0.5 * 2], [2 * 3, 2 * 4]]
    assert values["stretched"] == pytest.approx([3 * 0.8, 0.5 * 0.6])
    assert values["stretched_length"] == pytest.approx(math.hypot(2.4, 0.3))
    assert values["turned"] == pytest.approx([0.8 * 0.8 - 0.6 * 0.6, 2 * 0.6 * 0.8])
    assert values["v_length"] == values["turned_length"] == pytest.approx(1)


def test_the_norm_is_the_most_that_any_vector_is_lengthened():
    values = part.values()
    assert values["norms"] == pytest.approx([3, 1])
    assert values["most"] == pytest.approx(3, abs=1e-6)
    turned = part.turn @ np.random.default_rng(0).normal(size=(2, 100))
    assert part.turn.T @ turned == pytest.approx(np.linalg.solve(part.turn, turned))  # a turn back
