"""The layers by hand against Keras, on three backends."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from snippets.three_backends import by_hand


@pytest.mark.claim
def test_what_the_page_says():
    for words, true in by_hand.claims(by_hand.values()).values():
        assert true, words


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("name", by_hand.BY_HAND)
def test_tensorflow_is_exact_in_float64(monkeypatch, name, masked):
    monkeypatch.setattr(by_hand, "T", 5)
    assert by_hand.off(name, "float64", masked) < 1e-14
    assert 1e-8 < by_hand.off(name, "float32", masked) < 1e-6


def test_a_product_in_float32_is_seen(monkeypatch):
    assert by_hand.product() < 1e-13
    matmul = by_hand.keras.ops.matmul
    narrow = lambda A, B: matmul(A.astype("float32"), B.astype("float32"))
    monkeypatch.setattr(by_hand.keras.ops, "matmul", narrow)
    assert by_hand.product() > 1e-7


@pytest.mark.skipif(not find_spec("jax"), reason="JAX is missing")
def test_float64_switched_on_in_jax_stops_a_simple_rnn():
    program = (
        "import keras, numpy; keras.layers.SimpleRNN(1, dtype='float64')(numpy.zeros((1, 2, 1)))"
    )
    env = {**os.environ, "KERAS_BACKEND": "jax", "JAX_ENABLE_X64": "1"}
    run = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True)
    assert run.returncode == 1 and "carry" in run.stderr, run.stderr
