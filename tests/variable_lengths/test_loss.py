"""Masked losses, metrics and gradients, by hand and by Keras."""

import keras
import numpy as np
import pytest

from snippets.variable_lengths import loss as page
from snippets.variable_lengths.padding import STRINGS


@pytest.fixture(scope="module")
def values():
    return page.values()


def test_evaluate_counts_real_steps_only(values):
    assert values["keras"] == pytest.approx(values["mean"], abs=1e-6)
    assert values["keras_accuracy"] == pytest.approx(values["right"] / values["steps"], abs=1e-6)
    assert (values["steps"], values["cells"]) == (4 + 6 + 9, 3 * 9)


def test_fit_reports_the_same(values):
    model = page.build_model()
    history = model.fit(*page.pairs(STRINGS), batch_size=3, verbose=0).history
    assert history["loss"][0] == pytest.approx(values["mean"], abs=1e-6)
    assert history["accuracy"][0] == pytest.approx(values["accuracy"], abs=1e-6)


def test_without_the_mask_the_loss_is_diluted(values):
    assert values["unmasked"] == pytest.approx(values["sum"] / 27, abs=1e-6)
    assert values["unmasked"] < 0.75 * values["keras"]
    assert values["unmasked_accuracy"] == pytest.approx(3 / 27, abs=1e-6)


def test_over_two_batches_loss_and_metric_differ(values):
    assert values["two_loss"] == pytest.approx(values["two_by_hand"], abs=1e-6)
    assert values["two_metric"] == pytest.approx(values["mean"], abs=1e-6)
    assert abs(values["two_loss"] - values["two_metric"]) > 0.03


def test_the_gradient_of_a_batch_is_weighed_with_steps():
    tf = pytest.importorskip("tensorflow")
    layers = [
        keras.layers.SimpleRNN(3, return_sequences=True, dtype="float64"),
        keras.layers.Dense(7, activation="softmax", dtype="float64"),
    ]
    loss = keras.losses.CategoricalCrossentropy(dtype="float64")

    def gradients(strings):
        x, y = page.pairs(strings)
        with tf.GradientTape() as tape:
            output = layers[1](layers[0](x, mask=x.any(-1)))
            output._keras_mask = tf.constant(x.any(-1))
            total = loss(y, output)
        return tape.gradient(
            total, [v.value for layer in layers for v in layer.trainable_variables]
        )

    strings = ["BTXSE", "BPVPSE"]  # 4 and 5 steps
    for together, four, five in zip(
        gradients(strings), gradients(strings[:1]), gradients(strings[1:])
    ):
        np.testing.assert_allclose(together, (4 * four + 5 * five) / 9, rtol=0, atol=1e-12)
        assert np.abs(together - (four + five) / 2).max() > 1e-4
