"""Starts, directions and the state handed over, for all three layers."""

import keras
import numpy as np
import pytest

from snippets.lstm.traps import from_pytorch
from snippets.rnn_api import by_hand
from tests.site.every_page.test_records import recorded

NAMES = ["SimpleRNN", "GRU", "LSTM"]


@pytest.mark.parametrize("name", NAMES)
def test_numpy_agrees_with_keras_in_double_precision(name):
    assert max(by_hand.differences(getattr(keras.layers, name), "float64")) < 1e-12


def test_numpy_agrees_with_keras_as_the_page_says():
    values = {name: entry["value"] for name, entry in recorded("rnn_api.by_hand").items()}
    for name in NAMES:
        assert values[name.lower()] == 4 * [True]


def test_pytorch_reads_both_ways_alike():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    torch.manual_seed(0)
    theirs = torch.nn.LSTM(7, 4, batch_first=True, bidirectional=True)
    arrays = [parameter.detach().numpy() for parameter in theirs.parameters()]
    weights = [*from_pytorch(*arrays[:4]), *from_pytorch(*arrays[4:])]
    output, (h_n, c_n) = theirs(torch.tensor(by_hand.x, dtype=torch.float32))
    zero = [np.zeros((2, 4))] * 4
    ours = by_hand.both_ways_by_hand("LSTM", by_hand.x, weights, zero)
    np.testing.assert_allclose(ours, output.detach().numpy(), rtol=0, atol=1e-6)
    # Its last states are the two ends, not the last row.
    ends = np.concatenate([ours[:, -1, :4], ours[:, 0, 4:]], axis=-1)
    np.testing.assert_allclose(
        ends, np.concatenate(h_n.detach().numpy(), axis=-1), rtol=0, atol=1e-6
    )
    assert np.abs(ends - ours[:, -1]).max() > 0.01
