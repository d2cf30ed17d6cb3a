"""The answers of the exercises, by Keras or by counting."""

import numpy as np

from snippets.bidirectional import exercises as part


def test_a_palindrome_reads_the_same_both_ways():
    values = part.values()
    W, U, b = part.forward
    h = [np.tanh(W + b)]
    h.append(np.tanh(h[0] * U + b))
    h.append(np.tanh(W + h[1] * U + b))
    np.testing.assert_allclose(values["there"], h, rtol=0, atol=1e-12)
    np.testing.assert_allclose(values["back"], h[::-1], rtol=0, atol=1e-12)


def test_parameters():
    values = part.values()
    gru = 3 * (8 * 16 + 16 * 16 + 2 * 16)
    assert values["concat"].tolist() == [2 * gru, 32 * 3 + 3]
    assert values["sum"].tolist() == [2 * gru, 16 * 3 + 3]
