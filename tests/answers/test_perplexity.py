"""Perplexity by roots and means: 2, 4 in one batch, 20, 40 in the other."""

import keras
import numpy as np
import pytest

from snippets.answers import perplexity as answer


def test_the_perplexity_of_all_steps_is_their_geometric_mean():
    assert answer.values()["perplexity"] == pytest.approx((2 * 4 * 20 * 40) ** (1 / 4), rel=1e-6)


def test_the_mean_of_two_batches_is_another_number():
    expected = ((2 * 4) ** 0.5 + (20 * 40) ** 0.5) / 2
    assert answer.values()["mean_of_batches"] == pytest.approx(expected, rel=1e-6)


def test_with_a_mask_the_metric_weighs_steps_alike_and_the_loss_samples():
    """One sample has one real step, the other three; a batch each."""
    x = np.array([[[1.0, 2.0], [0.0, 0.0], [0.0, 0.0]], [[1.0, 0.5], [2.0, 1.0], [0.5, 3.0]]])
    y = np.tile([1.0, 0.0], (2, 3, 1))  # the first symbol is right
    model = keras.Sequential([keras.layers.Masking(), keras.layers.Activation("softmax")])
    model.compile(loss="categorical_crossentropy", metrics=["categorical_crossentropy"])
    loss, metric = model.evaluate(x, y, batch_size=1, verbose=0)
    costs = np.log1p(np.exp(x[..., 1] - x[..., 0]))  # -log p of the first symbol
    assert metric == pytest.approx((costs[0, 0] + costs[1].sum()) / 4, rel=1e-6)
    assert loss == pytest.approx((costs[0, 0] + costs[1].mean()) / 2, rel=1e-6)
    assert loss != pytest.approx(metric, rel=0.02)
