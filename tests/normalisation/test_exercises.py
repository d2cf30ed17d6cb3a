"""The answers of the exercises."""

import numpy as np

from snippets.normalisation import exercises as part


def test_counts_and_a_batch_of_one():
    values = part.values()
    assert values["counts"].tolist() == [[2 * 16, 2 * 16], [4 * 16, 2 * 16]]
    assert not values["alone"].any() and np.abs(values["alone_layer"]).max() > 1


def test_twice_the_weights():
    """Step 0 on paper: the sums are twice as large, and what is made of them is the same."""
    values = part.values()
    np.testing.assert_allclose(values["sums"], [1.6, -0.8, 0.4])
    assert all(true for _, true in part.claims(values).values())
    assert not any(true for _, true in part.claims(values | {"same_sizes": False}).values())
