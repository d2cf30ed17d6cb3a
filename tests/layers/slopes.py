"""Slopes by central differences: a second opinion on gradients."""

import numpy as np
import pytest
import tensorflow as tf


def hold_gradients(layer, x):
    """Hold the gradient of the sum of squares of layer(x) to its slope, at the first number of each weight."""
    x = tf.constant(x)

    def loss():
        return tf.reduce_sum(layer(x) ** 2)

    with tf.GradientTape() as tape:
        value = loss()
    weights = layer.trainable_variables
    for weight, gradient in zip(weights, tape.gradient(value, weights), strict=True):
        at, start = (0,) * len(weight.shape), np.array(weight)
        sides = []
        for by in (1e-5, -1e-5):
            moved = start.copy()
            moved[at] += by
            weight.assign(moved)
            sides.append(float(loss()))
        weight.assign(start)
        slope = (sides[0] - sides[1]) / 2e-5
        assert float(gradient[at]) == pytest.approx(slope, rel=1e-6, abs=1e-8), weight.name
