"""What a seed draws on three backends."""

import numpy as np
import pytest

from snippets.three_backends import draws


@pytest.mark.claim
def test_what_the_page_says():
    for words, true in draws.claims(draws.values()).values():
        assert true, words


def test_tensorflow_draws_the_same_today():
    kernel, left = draws.draws()
    values = draws.values()
    np.testing.assert_allclose(kernel[0, :3], values["kernel"][0], rtol=0, atol=1e-6)
    assert left.tolist() == values["left"][0].tolist()
