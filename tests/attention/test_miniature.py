"""Four ways to score: by hand against Keras in both precisions, PyTorch, and plain Python."""

import math

import keras
import numpy as np
import pytest

from snippets.attention import miniature as part
from snippets.layers.attention import additive_scores, dot_scores, look


@pytest.fixture(scope="module")
def values():
    return part.values()


STATES, QUERY = [(0.8, -0.2), (0.1, 0.9), (-0.5, 0.4)], (0.5, 1.0)
SCORES = {
    "dot": lambda x, y: 0.5 * x + y,
    "scaled": lambda x, y: 2 * (0.5 * x + y),
    "general": lambda x, y: (0.5 * 1 + 1 * 0.5) * x + (0.5 * -1 + 1 * 2) * y,
    "additive": lambda x, y: math.tanh(0.5 + x) + 2 * math.tanh(1 + y),
}


@pytest.mark.parametrize("name", SCORES)
def test_each_kind_is_what_plain_python_gives(values, name):
    e = [SCORES[name](x, y) for x, y in STATES]
    powers = [math.exp(score) for score in e]
    alpha = [power / sum(powers) for power in powers]
    c = [sum(a * state[j] for a, state in zip(alpha, STATES, strict=True)) for j in (0, 1)]
    for key, expected in (("e", e), ("alpha", alpha), ("c", c)):
        np.testing.assert_allclose(values[f"{key}_{name}"], expected, rtol=0, atol=1e-12)


def test_keras_gives_the_same_in_both_precisions(values):
    assert values["same"]
    for name, (alpha, c) in part.keras_four("float32").items():
        np.testing.assert_allclose(alpha[0], values[f"alpha_{name}"], rtol=0, atol=1e-6)
        np.testing.assert_allclose(c[0], values[f"c_{name}"], rtol=0, atol=1e-6)


def test_batches_of_any_size_against_keras():
    rng = np.random.default_rng(0)
    query, value, key = (rng.normal(size=(4, T, 3)) for T in (2, 5, 5))
    v = rng.normal(size=3)
    seen = rng.integers(0, 2, (4, 2, 5)).astype(bool)
    seen[..., 0] = True
    dot = keras.layers.Attention(dtype="float64")
    additive = keras.layers.AdditiveAttention(dtype="float64")
    additive.build([query.shape, value.shape, key.shape])
    additive.set_weights([v])
    for layer, e in (
        (dot, dot_scores(query, key)),
        (additive, additive_scores(query, key, v)),
    ):
        c, alpha = layer([query, value, key], return_attention_scores=True)
        ours = look(e, value)
        np.testing.assert_allclose(alpha, ours[0], rtol=0, atol=1e-12)
        np.testing.assert_allclose(c, ours[1], rtol=0, atol=1e-12)
    alpha, _ = look(dot_scores(query, key), value, seen)
    assert np.all(alpha[~seen] == 0)
    np.testing.assert_allclose(alpha.sum(-1), 1, rtol=0, atol=1e-12)


def test_parameters():
    counts = part.values()
    assert counts["additive_8"] == 8 and counts["general_8"] == 64
    layers = [keras.layers.Dense(8, use_bias=False) for _ in range(2)]
    for layer in layers:
        layer.build((1, 1, 8))
    assert counts["bahdanau_8"] == sum(layer.count_params() for layer in layers) + 8
    plain = keras.layers.Attention()
    plain.build([(1, 1, 8), (1, 3, 8)])
    scaled = keras.layers.Attention(use_scale=True)
    scaled.build([(1, 1, 8), (1, 3, 8)])
    assert (plain.count_params(), scaled.count_params()) == (0, 1)
    assert keras.layers.AdditiveAttention().use_scale and not keras.layers.Attention().use_scale
    assert scaled.get_weights()[0] == 1  # where it begins


def test_exercises(values):
    powers = [math.exp(10 * score) for score in (0.2, 0.95, 0.15)]
    np.testing.assert_allclose(
        values["sharper"], np.array(powers) / sum(powers), rtol=0, atol=1e-12
    )
    query, states = np.zeros((1, 20, 8)), np.zeros((1, 50, 8))
    _, alpha = keras.layers.Attention()([query, states], return_attention_scores=True)
    assert values["pairs"] == np.size(alpha)
