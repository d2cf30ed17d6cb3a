"""The slope of a shared weight, against automatic differentiation."""

import numpy as np
import pytest
import tensorflow as tf

from snippets.inside_an_rnn_layer import shared as page
from snippets.inside_an_rnn_layer.model import U, W, W_y, b, b_y


def test_slopes_equal_automatic_differentiation():
    x = tf.constant(page.x)
    y = page.next_symbols("BTSXSE")[0]
    copies = [tf.Variable(U) for _ in range(5)]
    with tf.GradientTape() as tape:
        h, loss = tf.zeros((1, 3), tf.float64), 0.0
        for t in range(5):
            h = tf.tanh(x[:, t] @ W + h @ copies[t] + b)
            loss -= tf.nn.log_softmax(h @ W_y + b_y)[0, y[t]]
    slopes = [gradient[0, 0].numpy() for gradient in tape.gradient(loss, copies)]
    values = page.values()
    np.testing.assert_allclose(values["apart"], slopes, rtol=0, atol=1e-9)
    assert values["together"] == pytest.approx(sum(slopes), abs=1e-9)
    assert values["apart"][0] == 0 and abs(values["together"]) > 0.01
