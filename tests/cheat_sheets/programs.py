"""What other programs compute with the arrays that a cheat sheet makes for them, and what Keras does."""

import ast
import inspect
import textwrap

import keras
import numpy as np
import pytest

from tests import onnx

m, u, N, T = 3, 4, 2, 5
CLOSE = {"rtol": 0, "atol": 1e-12}


def drawn(*shapes):
    """Random weights of these shapes, after an input x (N, T, m)."""
    rng = np.random.default_rng(7)
    return [rng.normal(0, 0.7, shape) for shape in ((N, T, m), *shapes)]


def with_keras(layer, x, weights):
    """All that a layer of Keras gives, in float64, with these weights."""
    layer.build(x.shape)
    layer.set_weights(weights)
    return np.array(layer(x))


def with_pytorch(kind, x, *directions):
    """The output of torch.nn's RNN, LSTM or GRU with four arrays for each direction."""
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: pip install torch==2.13.0"
    )
    two = len(directions) == 2
    layer = getattr(torch.nn, kind)(m, u, batch_first=True, bidirectional=two, dtype=torch.float64)
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    state = {
        name + end: torch.tensor(np.ascontiguousarray(array))
        for end, arrays in zip(("", "_reverse"), directions)
        for name, array in zip(names, arrays, strict=True)
    }
    layer.load_state_dict(state)  # strict: each name and shape must be its own
    return layer(torch.tensor(x))[0].detach().numpy()


def with_onnx(kind, x, W, R, B, linear_before_reset=False):
    """The states (N, T, u) of ONNX's RNN, LSTM or GRU for x (N, T, m); W, R and B of one direction."""
    [W], [R], [B] = W, R, B
    return onnx.states(kind, x.swapaxes(0, 1), W, R, B, linear_before_reset).swapaxes(0, 1)


def unlike_keras(made):
    """How the arguments that a function on a sheet writes out differ from Keras's defaults: sentences.

    Each that is written is the default, and each that is not is None.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(made)))
    [call] = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    kind = getattr(keras.layers, ast.unparse(call.func).removeprefix("keras.layers."))
    written = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    has = {
        name: parameter.default
        for name, parameter in inspect.signature(kind.__init__).parameters.items()
        if parameter.default is not parameter.empty
    }
    unknown = [f"{kind.__name__} has no {name}" for name in written.keys() - has.keys()]
    return unknown + [
        f"{name} is {default!r}, not {written.get(name)!r}"
        for name, default in has.items()
        if type(default) is not type(written.get(name)) or default != written.get(name)
    ]
