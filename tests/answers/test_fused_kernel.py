"""The conditions of the fused kernel, by Keras's own checks, which need no GPU."""

import importlib

import keras
import numpy as np
import pytest

from snippets.answers import fused_kernel as answer

# What the page lists. Each setting alone keeps a layer from the kernel.
LSTM = {"activation": "relu", "recurrent_activation": "hard_sigmoid", "unroll": True}
LSTM |= {"use_bias": False}
GRU = {**LSTM, "reset_after": False}


@pytest.fixture
def with_gpu(monkeypatch):
    """Keras believes that there is a GPU."""
    rnn = importlib.import_module("keras.src.backend.tensorflow.rnn")
    monkeypatch.setattr(rnn, "_is_gpu_available", lambda: True)
    return rnn


def may_use(layer):
    """Whether Keras would take the fused kernel: only for it, compiling by XLA is switched off."""
    return not layer.supports_jit


@pytest.mark.parametrize(("kind", "settings"), [(keras.layers.LSTM, LSTM), (keras.layers.GRU, GRU)])
def test_each_setting_alone_rules_the_kernel_out(with_gpu, kind, settings):
    assert may_use(kind(2)) and may_use(kind(2, dropout=0.5))
    assert not [name for name in settings if may_use(kind(2, **{name: settings[name]}))]


@pytest.mark.parametrize("kind", [keras.layers.LSTM, keras.layers.GRU])
@pytest.mark.parametrize("rate", [0.0, 0.5])
def test_recurrent_dropout_rules_it_out(monkeypatch, kind, rate):
    asked = []

    def fused(*arrays, **options):
        asked.append(kind)
        raise NotImplementedError

    layer = kind(2, recurrent_dropout=rate)
    monkeypatch.setattr(keras.src.backend, kind.__name__.lower(), fused)
    layer(np.zeros((1, 3, 2)))
    assert bool(asked) == (rate == 0)


def test_simple_rnn_has_none():
    with pytest.raises(ValueError, match="Unrecognized keyword arguments"):
        keras.layers.SimpleRNN(2, use_cudnn=True)


def test_who_asks_for_the_kernel_is_told():
    assert answer.values()["refused"]
    assert answer.told(keras.layers.LSTM(2, activation="relu")) == ""  # "auto" says nothing
