"""Padding with and without a mask, for the three layers."""

import keras
import numpy as np
import pytest

from snippets.reber.strings import accepts, one_hot
from snippets.variable_lengths import padding as page

NAMES = list(page.LAYERS)


@pytest.fixture(scope="module")
def values():
    return page.values()


def test_strings_are_of_the_grammar():
    assert all(accepts(string) for string in page.STRINGS)
    assert [len(string) for string in page.STRINGS] == [5, 7, 10]


@pytest.mark.parametrize("padding", ["pre", "post"])
def test_pad_equals_pad_sequences(padding):
    arrays = [one_hot(string) for string in page.STRINGS]
    x, mask = page.pad(arrays, padding)
    for k in range(7):
        column = keras.utils.pad_sequences([a[:, k] for a in arrays], padding=padding, value=-1)
        np.testing.assert_array_equal(mask, column >= 0)
        np.testing.assert_array_equal(x[..., k], np.maximum(column, 0))


@pytest.mark.parametrize("padding", ["pre", "post"])
@pytest.mark.parametrize("name", NAMES)
def test_masked_padding_equals_no_padding(values, name, padding):
    assert values[f"{name}_{padding}_masked"] < 1e-7
    assert values[f"{name}_{padding}"] > 1e-3  # without the mask it does not


@pytest.mark.parametrize("name", NAMES)
def test_masked_padding_equals_no_padding_in_float32(name):
    layer = page.make_layer(name, dtype="float32")
    x = np.pad(one_hot("BTXSE"), ((1, 1), (0, 0)))  # (7, 7)
    x = np.stack([x[1:], x[:-1]])  # zeros after, zeros before
    alone, padded = layer(x[:1, :5]), layer(x, mask=x.any(-1))
    np.testing.assert_allclose(padded, np.repeat(alone, 2, axis=0), rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_padding_after_is_worse_than_before(values, name):
    assert values[f"{name}_post"] > values[f"{name}_pre"]


@pytest.mark.parametrize("name", NAMES)
def test_three_ways_to_give_a_mask_give_the_same(monkeypatch, name):
    monkeypatch.setattr(page, "STRINGS", ["BTXSE", "BPVPSE"])  # a step takes its time
    layer = page.make_layer(name)
    first, *others = page.three_ways(layer)
    alone = np.array(layer(one_hot("BTXSE")[None]))
    np.testing.assert_allclose(first[:1], alone, rtol=0, atol=1e-12)
    for other in others:
        np.testing.assert_array_equal(other, first)


def test_pytorch_packs_to_the_same_last_states():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    layer = page.make_layer("LSTM")
    W, U, b = layer.get_weights()
    theirs = torch.nn.LSTM(7, 4, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        for parameter, array in zip(theirs.parameters(), (W.T, U.T, b, 0 * b)):
            parameter.copy_(torch.tensor(array))
    x, mask = page.pad([one_hot(string) for string in page.STRINGS])
    lengths = torch.tensor(mask.sum(1))
    packed = torch.nn.utils.rnn.pack_padded_sequence(
        torch.tensor(x), lengths, batch_first=True, enforce_sorted=False
    )
    _, (h, _) = theirs(packed)
    ours = np.array(layer(x, mask=mask))
    np.testing.assert_allclose(ours, h[0].detach().numpy(), rtol=0, atol=1e-12)
