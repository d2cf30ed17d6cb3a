"""What ONNX computes with its arrays, by the equations of https://onnx.ai/onnx/operators/."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def states(kind, x, W, R, B, linear_before_reset=False):
    """The states (T, N, u) of one direction for x (T, N, m); W, R and B of that direction, B may be None."""
    B = np.zeros(2 * len(W)) if B is None else B
    Wb, Rb = np.split(B, 2)
    H = C = np.zeros((x.shape[1], R.shape[1]))
    found = []
    for X in x:
        if kind == "SimpleRNN":
            H = np.tanh(X @ W.T + H @ R.T + Wb + Rb)
        elif kind == "LSTM":
            i, o, f, c = np.split(X @ W.T + H @ R.T + Wb + Rb, 4, axis=-1)
            C = sigmoid(f) * C + sigmoid(i) * np.tanh(c)
            H = sigmoid(o) * np.tanh(C)
        else:
            Wz, Wr, Wh = np.split(W, 3)
            Rz, Rr, Rh = np.split(R, 3)
            Wbz, Wbr, Wbh = np.split(Wb, 3)
            Rbz, Rbr, Rbh = np.split(Rb, 3)
            z = sigmoid(X @ Wz.T + H @ Rz.T + Wbz + Rbz)
            r = sigmoid(X @ Wr.T + H @ Rr.T + Wbr + Rbr)
            if linear_before_reset:
                h = np.tanh(X @ Wh.T + r * (H @ Rh.T + Rbh) + Wbh)
            else:
                h = np.tanh(X @ Wh.T + (r * H) @ Rh.T + Rbh + Wbh)
            H = (1 - z) * h + z * H
        found.append(H)
    return np.stack(found)
