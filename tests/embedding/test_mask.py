"""mask_zero: which states come of it, and whether row 0 learns."""

import numpy as np
import pytest

from snippets.embedding import mask as part
from snippets.embedding.miniature import E, U, W, b
from snippets.layers.simple_rnn import simple_rnn


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_a_masked_step_repeats_and_no_mask_reads_row_0(values):
    short = simple_rnn(E[part.padded[1:, :2]], W, U, b)[0, :, 0]
    found = values["masked"][1, :, 0]
    np.testing.assert_allclose(found, [*short, short[-1]], rtol=0, atol=1e-12)
    read = simple_rnn(E[part.padded], W, U, b)
    np.testing.assert_allclose(values["unmasked"], read, rtol=0, atol=1e-12)
    assert abs(found[-1] - read[1, -1, 0]) > 0.1


def test_the_mask_is_true_where_a_word_stands(values):
    assert values["mask"].tolist() == [[1, 1, 1], [1, 1, 0]]
    np.testing.assert_allclose(values["looked_up"], [0.1, 0.1])  # row 0, and no zeros


def last_state(row_0):
    """The last state of the second sentence with all weights 0.4, read without a mask."""
    h = 0.0
    for first, second in (*E[[1, 2]], row_0):
        h = np.tanh(0.4 * (first + second + h + 1))
    return h


def test_without_a_mask_row_0_learns(values):
    for place in range(2):
        up, down = E[0].copy(), E[0].copy()
        up[place] += 1e-5
        down[place] -= 1e-5
        slope = ((last_state(up) - 1) ** 2 - (last_state(down) - 1) ** 2) / 2 / 2e-5
        assert values["row_0"][0][place] == pytest.approx(slope, abs=1e-6)


def test_behind_flatten_row_0_learns(values):
    answer = 0.4 * E[[1, 2, 0]].sum() + 0.4
    np.testing.assert_allclose(values["row_0"][3], (answer - 1) * 0.4, rtol=0, atol=1e-6)


def test_with_a_mask_that_is_heeded_it_does_not(values):
    assert not values["row_0"][[1, 2]].any()


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = {**values, "row_0": values["row_0"][::-1] * 0 + [[0], [1], [0], [0]]}
    other["masked"] = values["unmasked"]
    assert not any(true for _, true in part.claims(other).values())
