"""Both ways in PyTorch: the same numbers, in the same places."""

import numpy as np
import pytest

from snippets.bidirectional.by_hand import READ, both_ways
from snippets.bidirectional.miniature import values as miniature

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch==2.13.0")

from snippets.bidirectional import layer_torch as part  # noqa: E402

# PyTorch's gates, in the order of Keras's: i, f, c, o and r, z, h to z, r, h.
ORDER = {"SimpleRNN": [0], "LSTM": [0, 1, 2, 3], "GRU": [1, 0, 2]}


def test_the_miniature():
    values = miniature()
    np.testing.assert_allclose(part.output.detach().numpy()[0], values["concat"], rtol=0, atol=1e-7)
    np.testing.assert_allclose(part.h_n.detach().numpy().ravel(), values["ends"], rtol=0, atol=1e-7)


def of_torch(layer, name, way):
    """The weights of one way, as Keras packs them, from PyTorch's names."""
    found = []
    for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
        blocks = np.split(getattr(layer, f"{kind}_l0{way}").detach().numpy(), len(ORDER[name]))
        found.append(np.concatenate([blocks[k] for k in ORDER[name]]).T)
    W, U, b, b_hh = found
    return [W, U, np.stack([b, b_hh]) if name == "GRU" else b + b_hh]


@pytest.mark.parametrize("name", READ)
def test_each_layer_equals_the_lines_of_numpy(name):
    torch.manual_seed(0)
    kind = torch.nn.RNN if name == "SimpleRNN" else getattr(torch.nn, name)
    layer = kind(3, 4, batch_first=True, bidirectional=True).double()
    x = np.random.default_rng(0).normal(size=(2, 5, 3))
    output, states = layer(torch.tensor(x))
    h_n = states[0] if name == "LSTM" else states
    weights = of_torch(layer, name, "") + of_torch(layer, name, "_reverse")
    there, back = both_ways(x, weights, READ[name])
    mine = np.concatenate([there, back], axis=-1)
    np.testing.assert_allclose(mine, output.detach().numpy(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(
        np.stack([there[:, -1], back[:, 0]]), h_n.detach().numpy(), rtol=0, atol=1e-12
    )
