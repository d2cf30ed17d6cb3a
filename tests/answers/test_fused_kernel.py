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


def test_a_mask_with_padding_before_is_an_error_in_predict_and_the_slow_loop_elsewhere(
    with_gpu, monkeypatch
):
    """The kernel itself, which no processor has, is the only thing that is put in its place."""
    tf = pytest.importorskip("tensorflow")

    def kernel(input, input_h, input_c, **options):
        return tf.zeros((*input.shape[:2], 2)), input_h, input_c, None, None

    monkeypatch.setattr(tf.raw_ops, "CudnnRNNV3", kernel)
    x = np.array([[[0.0], [1.0], [2.0]]], "float32")
    layer = keras.layers.LSTM(2)
    model = keras.Sequential([keras.Input((3, 1)), keras.layers.Masking(), layer])
    with pytest.raises(tf.errors.InvalidArgumentError, match="right-padded") as error:
        model.predict(x, verbose=0)
    assert "use_cudnn=False" in str(error.value)
    assert model.predict(x[:, ::-1], verbose=0).tolist() == [[0, 0]]  # what stands for the kernel
    assert np.any(layer(x, mask=x[..., 0] != 0))  # called directly, it takes the slow loop


def test_simple_rnn_has_none():
    with pytest.raises(ValueError, match="Unrecognized keyword arguments"):
        keras.layers.SimpleRNN(2, use_cudnn=True)


def test_who_asks_for_the_kernel_is_told():
    assert answer.values()["refused"]
    assert answer.told(keras.layers.LSTM(2, activation="relu")) == ""  # "auto" says nothing
