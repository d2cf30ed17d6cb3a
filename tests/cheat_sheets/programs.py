"""What other programs compute with the arrays that a cheat sheet makes for them, and what Keras does."""

import ast
import inspect
import textwrap

import keras
import numpy as np
import pytest

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


def sigma(a):
    return 1 / (1 + np.exp(-a))


# The equations of https://onnx.ai/onnx/operators/, letter by letter, for one direction. X is (T, N, m).


def onnx_rnn(X, W, R, B):
    [W], [R], [B] = W, R, B
    Wb, Rb = np.split(B, 2)
    H, Y = np.zeros((X.shape[1], len(R.T))), []
    for Xt in X:
        H = np.tanh(Xt @ W.T + H @ R.T + Wb + Rb)
        Y.append(H)
    return np.array(Y)


def onnx_lstm(X, W, R, B):
    [W], [R], [B] = W, R, B
    Wi, Wo, Wf, Wc = np.split(W, 4)
    Ri, Ro, Rf, Rc = np.split(R, 4)
    Wbi, Wbo, Wbf, Wbc, Rbi, Rbo, Rbf, Rbc = np.split(B, 8)
    H = C = np.zeros((X.shape[1], len(R.T)))
    Y = []
    for Xt in X:
        it = sigma(Xt @ Wi.T + H @ Ri.T + Wbi + Rbi)
        ft = sigma(Xt @ Wf.T + H @ Rf.T + Wbf + Rbf)
        ct = np.tanh(Xt @ Wc.T + H @ Rc.T + Wbc + Rbc)
        C = ft * C + it * ct
        ot = sigma(Xt @ Wo.T + H @ Ro.T + Wbo + Rbo)
        H = ot * np.tanh(C)
        Y.append(H)
    return np.array(Y)


def onnx_gru(linear_before_reset, X, W, R, B):
    [W], [R], [B] = W, R, B
    Wz, Wr, Wh = np.split(W, 3)
    Rz, Rr, Rh = np.split(R, 3)
    Wbz, Wbr, Wbh, Rbz, Rbr, Rbh = np.split(B, 6)
    H, Y = np.zeros((X.shape[1], len(R.T))), []
    for Xt in X:
        zt = sigma(Xt @ Wz.T + H @ Rz.T + Wbz + Rbz)
        rt = sigma(Xt @ Wr.T + H @ Rr.T + Wbr + Rbr)
        if linear_before_reset:
            ht = np.tanh(Xt @ Wh.T + rt * (H @ Rh.T + Rbh) + Wbh)
        else:
            ht = np.tanh(Xt @ Wh.T + (rt * H) @ Rh.T + Rbh + Wbh)
        H = (1 - zt) * ht + zt * H
        Y.append(H)
    return np.array(Y)


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
