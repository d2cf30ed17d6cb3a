"""The answers to the exercises."""

import numpy as np
import pytest

from snippets.variable_lengths import exercises as page
from snippets.variable_lengths import loss
from snippets.variable_lengths.padding import STRINGS


def test_padding_by_hand():
    values = page.values()
    assert values["one"] == pytest.approx(100 * (112 - 51) / 112)
    assert values["two"] == pytest.approx(100 * (68 - 51) / 68)
    assert (values["masked_before"], values["masked_after"]) == (8, 0)


def test_even_weights_make_keras_take_the_mean_of_the_means():
    x, y = loss.pairs(STRINGS)
    weights = page.even_weights(x.any(-1))
    np.testing.assert_allclose(weights[:, 0], [19 / 12, 19 / 18, 19 / 27])
    model = loss.build_model()
    losses, _ = loss.step_losses(x, y, *model.get_weights())
    means = [losses[n, :T].mean() for n, T in enumerate((4, 6, 9))]
    result = model.evaluate(x, y, sample_weight=weights, verbose=0)
    assert result[0] == pytest.approx(np.mean(means), abs=1e-6)
