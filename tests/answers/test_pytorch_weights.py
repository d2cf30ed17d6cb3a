"""Weights on their way to PyTorch and back, against both libraries."""

import keras
import numpy as np
import pytest

from snippets.answers import pytorch_weights as answer

KINDS = {"RNN": keras.layers.SimpleRNN, "LSTM": keras.layers.LSTM, "GRU": keras.layers.GRU}
ARRAYS = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
x = np.random.default_rng(1).normal(size=(2, 5, 3))


def test_there_and_back():
    assert all(answer.values().values())


def test_the_layer_whose_kernels_were_reshaped_is_gone():
    assert not hasattr(keras.layers, "CuDNNGRU")


def by_pytorch(layer):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    with torch.no_grad():
        return layer(torch.tensor(x))[0].numpy()


@pytest.mark.parametrize("kind", KINDS)
def test_pytorch_gives_the_same_with_weights_from_keras(kind):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    layer = KINDS[kind](4, return_sequences=True, dtype="float64")
    layer.build(x.shape)
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=w.shape) for w in layer.get_weights()]
    layer.set_weights(weights)
    other = getattr(torch.nn, kind)(3, 4, batch_first=True).double()
    with torch.no_grad():
        for name, array in zip(ARRAYS, answer.to_pytorch(*weights)):
            getattr(other, name).copy_(torch.tensor(array))
    np.testing.assert_allclose(by_pytorch(other), layer(x), rtol=0, atol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_keras_gives_the_same_with_weights_from_pytorch(kind):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    torch.manual_seed(0)
    other = getattr(torch.nn, kind)(3, 4, batch_first=True).double()
    arrays = [getattr(other, name).detach().numpy() for name in ARRAYS]
    layer = KINDS[kind](4, return_sequences=True, dtype="float64")
    layer.build(x.shape)
    layer.set_weights(answer.from_pytorch(*arrays))
    np.testing.assert_allclose(layer(x), by_pytorch(other), rtol=0, atol=1e-12)
