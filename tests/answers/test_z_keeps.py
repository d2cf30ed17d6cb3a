"""Who has the last word on z: the layers of Keras and of PyTorch themselves."""

from math import exp

import pytest

from snippets.answers import z_keeps as answer


def test_the_new_state_is_z_where_the_candidate_is_zero():
    values = answer.values()
    for name, bias in (("open", 4), ("shut", -4)):
        z = 1 / (1 + exp(-bias))
        assert values[name].tolist() == pytest.approx([z, z * 1 + (1 - z) * 0], abs=1e-6)


@pytest.mark.parametrize("bias", [4, -4])
def test_z_keeps_in_pytorch_too(bias):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    gru = torch.nn.GRU(1, 1)
    with torch.no_grad():
        for weight in gru.parameters():
            weight.zero_()
        gru.bias_ih_l0[1] = bias  # r, z, n
        _, h = gru(torch.zeros(1, 1, 1), torch.ones(1, 1, 1))
    assert h.item() == pytest.approx(1 / (1 + exp(-bias)), abs=1e-6)
