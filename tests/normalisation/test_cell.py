"""A simple RNN with a norm in its cell: by hand against Keras's loop, and what it does with sizes."""

import keras
import numpy as np
import pytest

from snippets.normalisation import cell as part

rng = np.random.default_rng(0)


@pytest.fixture(scope="module")
def values():
    return part.values()


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-12), ("float32", 2e-6)])
def test_by_hand_equals_keras(dtype, tolerance):
    x = rng.normal(size=(2, 6, 3))
    weights = [rng.normal(size=shape) for shape in ((3, 5), (5, 5), 5, 5)]
    layer = keras.layers.RNN(
        part.NormedCell(5, epsilon=0.01, dtype=dtype), return_sequences=True, dtype=dtype
    )
    layer.build(x.shape)
    assert [w.name for w in layer.weights] == ["W", "U", "gamma", "beta"]
    layer.set_weights(weights)
    W, U, gamma, beta = weights
    mine = part.normed_rnn(x, W, U, gamma, beta, epsilon=0.01)[2]
    np.testing.assert_allclose(mine, np.array(layer(x.astype(dtype))), rtol=0, atol=tolerance)


def test_copies_keep_the_arguments():
    layer = keras.layers.RNN(part.NormedCell(3, epsilon=0.02), return_sequences=True)
    copy = keras.layers.RNN.from_config(layer.get_config())
    assert (copy.cell.epsilon, copy.cell.norm.epsilon) == (0.02, 0.02)
    assert part.values()["saved"]


def test_three_steps_on_paper(values):
    """Step by step with whole numbers of the page, without the snippet's functions."""
    h = [0.0, 0.0, 0.0]
    for t, x in enumerate([1, 0, 0]):
        z = [0.8 * x + h[2] * 0.5, -0.4 * x + h[0] * 0.5, 0.2 * x + h[1] * 0.5]
        mean = sum(z) / 3
        size = (sum((a - mean) ** 2 for a in z) / 3 + 0.001) ** 0.5
        n = [(a - mean) / size for a in z]
        h = [np.tanh(a) for a in n]
        for name, row in (("z", z), ("n", n), ("h", h)):
            np.testing.assert_allclose(values[name][t], row, rtol=0, atol=1e-12)


def test_the_pulse_goes_round_and_does_not_fade(values):
    assert values["parameters"] == 3 + 9 + 6 and values["plain_parameters"] == 3 + 9 + 3
    assert values["longest"] > 0.8 and 0 < values["plain_longest"] < 1e-12
    assert all(true for _, true in part.claims(values).values())
    assert not any(true for _, true in part.claims(values | {"plain_longest": 1}).values())
    assert np.abs(values["larger"] - values["h"][0]).max() < 0.002
