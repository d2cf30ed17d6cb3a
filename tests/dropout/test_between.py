"""Dropout between layers, and what PyTorch means by it."""

import importlib
import warnings

import keras
import numpy as np
import pytest

from snippets.dropout import between as part


@pytest.fixture(scope="module")
def values():
    return part.values()


def test_a_new_mask_for_each_step_or_one(values):
    assert set(values["each"].ravel()) == {0.0, 2.0}
    assert len(np.unique(values["each"], axis=0)) > 1
    for name in ("all", "spatial", "itself"):
        assert len(np.unique(values[name], axis=0)) == 1, name
        assert set(values[name].ravel()) == {0.0, 2.0}


def test_with_many_numbers_all_of_them_are_dropped_as_often():
    ones = np.ones((50, 20, 10))
    for layer in (keras.layers.Dropout(0.3, seed=1), keras.layers.SpatialDropout1D(0.3, seed=1)):
        assert (np.array(layer(ones, training=True)) == 0).mean() == pytest.approx(0.3, abs=0.05)


def test_pytorch_drops_between_layers_only():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    program = importlib.import_module("snippets.dropout.between_torch")
    assert not torch.equal(program.first, program.second)
    assert torch.equal(program.third, program.fourth)
    with pytest.warns(UserWarning, match="dropout"):
        alone = torch.nn.LSTM(3, 8, dropout=0.5)
    assert torch.equal(alone(program.x)[0], alone(program.x)[0])  # nothing is dropped


def test_pytorch_draws_anew_for_each_step():
    """A second layer that copies its input shows what reached it."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rnn = torch.nn.RNN(6, 6, num_layers=2, dropout=0.5, nonlinearity="relu", batch_first=True)
    with torch.no_grad():
        for name, weight in rnn.named_parameters():
            weight.copy_(torch.eye(6) if "weight_ih" in name else torch.zeros_like(weight))
    torch.manual_seed(0)
    shown = rnn(torch.ones(1, 8, 6))[0][0].detach().numpy()
    assert set(shown.ravel()) == {0.0, 2.0} and len(np.unique(shown, axis=0)) > 1


def test_claims_follow_the_values(values):
    assert all(true for _, true in part.claims(values).values())
    other = {"each": values["all"], **dict.fromkeys(("all", "spatial", "itself"), values["each"])}
    assert not any(true for _, true in part.claims(other).values())
