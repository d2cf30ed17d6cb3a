"""The dense layer's cheat sheet: defaults, mistakes, and what PyTorch computes with its arrays."""

from math import exp, tanh

import keras
import numpy as np
import pytest

from snippets.cheat_sheets import dense as sheet
from tests.cheat_sheets import programs
from tests.cheat_sheets.programs import CLOSE, drawn, m, u


def test_defaults_are_those_of_keras():
    assert not programs.unlike_keras(sheet.dense)
    assert not programs.unlike_keras(sheet.at_each_step)


def test_pytorch():
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    x, W, b = drawn((m, u), (u,))
    right = programs.with_keras(keras.layers.Dense(u, dtype="float64"), x, [W, b])
    weight, bias = (torch.tensor(np.ascontiguousarray(a)) for a in sheet.to_pytorch(W, b))
    layer = torch.nn.Linear(m, u, dtype=torch.float64)
    layer.load_state_dict({"weight": weight, "bias": bias})
    np.testing.assert_allclose(layer(torch.tensor(x)).detach().numpy(), right, **CLOSE)


def test_on_sequences_the_wrapper_changes_nothing():
    x, W, b = drawn((m, u), (u,))
    inside = keras.layers.Dense(u, dtype="float64")
    wrapped = keras.layers.TimeDistributed(inside, dtype="float64")
    alone = programs.with_keras(keras.layers.Dense(u, dtype="float64"), x, [W, b])
    np.testing.assert_allclose(programs.with_keras(wrapped, x, [W, b]), alone, **CLOSE)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("right", 1 / (1 + exp(-(0.8 * 2.35 - 1.36)))),
        ("linear", 0.8 * 2.35 - 1.36),
        ("tanh", tanh(0.8 * 2.35 - 1.36)),
        ("no_bias", 1 / (1 + exp(-0.8 * 2.35))),
        ("bias_twice", 1 / (1 + exp(-(0.8 * 2.35 - 1.36 - 1.36)))),
    ],
)
def test_each_mistake_gives_its_number(name, answer):
    assert sheet.values()[name] == pytest.approx(answer, abs=1e-12)
