"""Three steps that look at each other: plain Python, Keras, and one step at a time."""

import math

import numpy as np
import pytest

from snippets.attention.masks import causal
from snippets.self_attention import miniature as part

X = [(1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
Q = [(1.0, 0.5), (-0.5, 1.0), (0.5, 1.5)]
K = [(0.5, 1.0), (1.0, -1.0), (1.5, 0.0)]
V = [(1.0, 0.0), (0.5, -1.0), (1.5, -1.0)]


@pytest.fixture(scope="module")
def values():
    return part.values()


@pytest.mark.parametrize("masked", [False, True])
def test_plain_python(values, masked):
    for t in range(3):
        steps = range(t + 1) if masked else range(3)
        powers = [math.exp((Q[t][0] * K[s][0] + Q[t][1] * K[s][1]) / math.sqrt(2)) for s in steps]
        alpha = [power / sum(powers) for power in powers]
        y = [sum(alpha[s] * V[s][j] for s in steps) for j in range(2)]
        alpha += [0.0] * (3 - len(alpha))
        end = "_causal" if masked else ""
        np.testing.assert_allclose(values[f"alpha{end}"][t], alpha, rtol=0, atol=1e-12)
        np.testing.assert_allclose(values[f"y{end}"][t], y, rtol=0, atol=1e-12)
    for name, rows in (("q", Q), ("k", K), ("v", V)):
        np.testing.assert_allclose(values[name], rows, rtol=0, atol=1e-12)


def test_keras_and_the_cache(values):
    assert values["same"] and values["cache_same"]


def test_a_cache_gives_what_the_mask_gives():
    x = np.random.default_rng(0).normal(size=(7, 2))
    whole = part.self_attention(x, part.W_q, part.W_k, part.W_v, causal(7))[1]
    keys, kept = np.zeros((0, 2)), np.zeros((0, 2))
    for t, x_t in enumerate(x):
        y, keys, kept = part.next_step(x_t, keys, kept)
        assert keys.shape == kept.shape == (t + 1, 2)
        np.testing.assert_allclose(y, whole[t], rtol=0, atol=1e-12)
