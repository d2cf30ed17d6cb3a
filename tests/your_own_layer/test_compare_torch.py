"""compare() for PyTorch: it names the layer, the step and the quantity that differ first."""

import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from snippets.layers.gru import gru
from snippets.layers.lstm import lstm
from snippets.layers.simple_rnn import simple_rnn
from snippets.your_own_layer.compare import by_hand

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch==2.13.0")
from torch import nn  # noqa: E402

from snippets.your_own_layer import compare_torch as own  # noqa: E402
from snippets.your_own_layer.compare_torch import compare  # noqa: E402

ROOT = Path(__file__).parents[2]
KINDS = ("RNN", "LSTM", "GRU")
rng = np.random.default_rng(1)
X = torch.tensor(rng.normal(size=(2, 5, 3)), dtype=torch.float32)


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(1)


class Last(nn.Module):
    """What stands between the layers of a Sequential: the output alone."""

    def forward(self, given):
        return given[0]


def sequential():
    return nn.Sequential(
        nn.Linear(3, 4), nn.GRU(4, 3, batch_first=True), Last(), nn.Tanh(), nn.Linear(3, 2)
    )


class Subclassed(nn.Module):
    """Layers that are called in another order than they were made, one of them twice."""

    def __init__(self):
        super().__init__()
        self.last = nn.Linear(4, 2, bias=False)
        self.norm = nn.LayerNorm(3)
        self.shared = nn.RNN(3, 3, nonlinearity="relu", batch_first=True)
        self.lstm = nn.LSTM(3, 4, batch_first=True, dropout=0.5, num_layers=2)

    def forward(self, x):
        h, state = self.shared(x)
        h, _ = self.shared(self.norm(h), hx=0.5 * state)
        return self.last(self.lstm(h, None)[0])


class Packed(nn.Module):
    """Sequences of two lengths, in both directions."""

    def __init__(self):
        super().__init__()
        self.both = nn.LSTM(3, 2, num_layers=2, bidirectional=True)

    def forward(self, x):
        pack = nn.utils.rnn.pack_padded_sequence
        return self.both(pack(x, [3, 5], batch_first=True, enforce_sorted=False))[1]


MODELS = {"sequential": (sequential, 3), "subclassed": (Subclassed, 5), "packed": (Packed, 2)}


@pytest.mark.parametrize("form", MODELS)
def test_what_pytorch_computes_agrees(form):
    make, count = MODELS[form]
    model = make().train()
    sentence = compare(model, X)
    assert sentence.startswith(f"All agree: {count} layers, at most "), sentence
    assert ("Not looked at: norm." in sentence) == (form == "subclassed")
    assert all(m.training and not m._forward_hooks for m in model.modules()), "left as it was"


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("bidirectional", [True, False])
@pytest.mark.parametrize("depth", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_layer_agrees(kind, depth, bidirectional, bias):
    module = getattr(nn, kind)(3, 4, depth, bias=bias, bidirectional=bidirectional)
    for given in (X, X[0]):  # steps first; one sequence alone
        assert compare(module, given).startswith(f"All agree: {depth} layers"), kind
    double = compare(module.double(), X.double())
    assert float(double.partition("at most ")[2].split()[0]) < 1e-12, double


def test_the_numbers_by_hand_are_those_of_the_snippets():
    names = {
        "RNN": (lambda *given: [simple_rnn(*given)], ["h"]),
        "LSTM": (lstm, ["i", "f", "c_new", "o", "c", "h"]),
        "GRU": (gru, ["z", "r", "h_new", "h"]),
    }
    for kind, (steps, arrays) in names.items():
        module = getattr(nn, kind)(3, 2, batch_first=True).double()
        found = mine_of(module, X.double())
        weights = [found[f"layer1.{name}"] for name in "WUb"]
        for name, right in zip(arrays, steps(X.double().numpy(), *weights), strict=True):
            np.testing.assert_allclose(found[f"layer1.{name}"], right, rtol=0, atol=1e-12)


def mine_of(model, x=X):
    """All arrays, by hand, as the page's download names them."""
    known = [module for module in model.modules() if own.is_known(module)]
    return {
        f"layer{number}.{name}": array
        for number, _, _, right, _ in own.noted(known, model, x)
        for name, array in right.items()
    }


def test_arrays_have_the_names_that_they_have_for_keras():
    """So the .npz of the page can be held against both."""
    for kind, layer in zip(KINDS, ("SimpleRNN", "LSTM", "GRU"), strict=True):
        found = mine_of(getattr(nn, kind)(3, 2, batch_first=True))
        keras_layer = getattr(keras.layers, layer)(2, return_sequences=True)
        keras_layer.build((2, 5, 3))
        right = by_hand(keras_layer, X.numpy())
        names = [name.removeprefix("layer1.") for name in found]
        assert [name for name in names if not name.endswith("_n")] == [*right]
        for name, array in right.items():
            assert array.shape == found[f"layer1.{name}"].shape, name


PLANTED = {
    "sequential": ["layer1.xW", "layer2.reset", "layer2.h_new", "layer3.y", "layer2.U"],
    "subclassed": ["layer1.h", "layer2.z", "layer3.c_new", "layer4.f", "layer4.W", "layer5.xW"],
    "packed": ["layer1.o", "layer1.backward.xW_o", "layer2.backward.kept", "layer2.b"],
}


@pytest.mark.parametrize("form", MODELS)
def test_a_planted_difference_is_named(form, tmp_path):
    model = MODELS[form][0]()
    mine = mine_of(model)
    assert compare(model, X, mine | {"x": X, "layer1.h_before": X}).startswith("All agree")
    for planted in PLANTED[form]:
        for t in (2, 1):
            wrong = mine[planted].copy()
            place = (1, t, 1) if wrong.ndim == 3 else (wrong.shape[0] - 1, 1)[-wrong.ndim :]
            wrong[place] += 0.25
            np.savez(tmp_path / "mine.npz", **(mine | {planted: wrong}))
            sentence = compare(model, X, str(tmp_path / "mine.npz"))
            layer, _, name = planted.partition(".")
            where = f"[{', '.join(map(str, place))}]"
            if wrong.ndim == 3:
                where = f"t = {t}, sample 1, unit 1"
            assert sentence.startswith(f"layer {layer[5:]} ("), (planted, sentence)
            assert f": {name} differs first, at {where}: you have " in sentence
            assert sentence.endswith(", 0.25 apart.")


class Doubled(nn.LSTM):
    """A layer of somebody's own that does something else from step 2 on."""

    def forward(self, x, hx=None):
        output, states = super().forward(x, hx)
        return torch.cat([output[:, :2], 2 * output[:, 2:]], dim=1), states


class WrongEnd(nn.GRU):
    """One whose last state is not that of its last level."""

    def forward(self, x, hx=None):
        output, h_n = super().forward(x, hx)
        return output, h_n + torch.tensor([0.0, 0.5])[:, None, None]


class WithoutBias(nn.Linear):
    def forward(self, x):
        return x @ self.weight.T


def test_a_layer_that_computes_something_else_is_named():
    odd = nn.Sequential(nn.Linear(3, 3), Doubled(3, 2, batch_first=True))
    sentence = compare(odd, X)
    assert sentence.startswith("layer 2 (1, Doubled): output differs first, at t = 2, sample 0")
    assert "PyTorch has" in sentence
    sentence = compare(WrongEnd(3, 2, num_layers=2, batch_first=True), X)
    assert sentence.startswith("layer 2 (WrongEnd, l1): h_n differs first, at [0, 0, 0]")
    sentence = compare(nn.Sequential(WithoutBias(3, 2)), X)
    assert sentence.startswith("layer 1 (0, WithoutBias): output differs first, at t = 0")


def test_gates_in_another_order_are_named():
    """Weights of PyTorch that were taken over as they stand: r and z change places."""
    module = nn.GRU(3, 2, batch_first=True)
    W = module.weight_ih_l0.detach().numpy().T
    assert "layer 1 (GRU): W differs first, at [0, 0]" in compare(module, X, {"layer1.W": W})


def test_what_cannot_be_compared_is_told():
    module = nn.LSTM(3, 4, batch_first=True)
    short = {"layer1.h": np.zeros((2, 5, 3))}
    assert compare(module, X, short).endswith("the shape (2, 5, 3), by hand (2, 5, 4).")
    with pytest.raises(ValueError, match="no array layer9.h"):
        compare(module, X, {"layer9.h": np.zeros(3)})
    assert "h differs first, at t = 0" in compare(
        module, X, {"layer1.h": np.full((2, 5, 4), np.nan)}
    )
    projected = nn.LSTM(3, 4, proj_size=2, batch_first=True)
    assert compare(projected, X) == (
        "There is no layer that can be computed by hand. Not looked at: LSTM."
    )


def test_the_file_runs_alone(tmp_path):
    """Whoever downloads it needs NumPy and PyTorch, and nothing of this project."""
    source = (ROOT / "snippets/your_own_layer/compare_torch.py").read_text(encoding="utf-8")
    (tmp_path / "compare_torch.py").write_text(source, encoding="utf-8")
    program = """
import torch
from compare_torch import compare
print(compare(torch.nn.GRU(2, 3), torch.ones(4, 1, 2)))
"""
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("All agree: 1 layers")
