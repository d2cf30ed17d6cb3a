"""Answers: the arrays of Keras in the order of ONNX.

Run `python -m snippets.answers.onnx_order` for the output of the page.
Source: the operators LSTM and GRU in the documentation of ONNX.
"""

import keras

from snippets.layers.dense import sigmoid

# --8<-- [start:program]
import numpy as np

BLOCKS = {4: [0, 3, 1, 2], 3: [0, 1, 2]}          # i, o, f, c and z, r, h


def to_onnx(W, U, b):
    """Return W, R and B of ONNX's LSTM or GRU, for the arrays of Keras."""
    blocks = W.shape[1] // U.shape[0]             # 4 or 3

    def reordered(array):
        parts = np.split(array, blocks, axis=-1)  # (..., u) each
        return np.concatenate([parts[k] for k in BLOCKS[blocks]], axis=-1)

    W, U = reordered(W).T, reordered(U).T         # (4u, m) and (4u, u)
    b = reordered(b if b.ndim == 2 else np.stack([b, 0 * b]))  # (2, 4u)
    return W[None], U[None], b.reshape(1, -1)
# --8<-- [end:program]


def onnx_lstm(X, W, R, B):
    """Return ONNX's Y_h (1, N, u) for X (T, N, m), by its equations."""
    (W,), (R,), (Wb, Rb) = W, R, B.reshape(2, -1)
    h, c = np.zeros((2, X.shape[1], R.shape[1]))            # (N, u) each
    for x in X:
        i, o, f, g = np.split(x @ W.T + h @ R.T + Wb + Rb, 4, axis=-1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
    return h[None]


def onnx_gru(X, W, R, B, linear_before_reset):
    """Return ONNX's Y_h (1, N, u) for X (T, N, m), by its equations."""
    (W_z, W_r, W_h), (R_z, R_r, R_h) = np.split(W[0], 3), np.split(R[0], 3)
    b_z, b_r, b_h, q_z, q_r, q_h = np.split(B[0], 6)        # (u,) each
    h = np.zeros((X.shape[1], R.shape[2]))                  # (N, u)
    for x in X:
        z = sigmoid(x @ W_z.T + h @ R_z.T + b_z + q_z)
        r = sigmoid(x @ W_r.T + h @ R_r.T + b_r + q_r)
        inner = (r * (h @ R_h.T + q_h) if linear_before_reset
                 else (r * h) @ R_h.T + q_h)
        h = (1 - z) * np.tanh(x @ W_h.T + inner + b_h) + z * h
    return h[None]


def layer(kind, **options):
    """Return a Keras layer of 4 units with weights of NumPy, and its arrays."""
    made = kind(4, dtype="float64", **options)
    made.build((None, None, 3))
    rng = np.random.default_rng(0)
    made.set_weights([rng.normal(size=w.shape) for w in made.get_weights()])
    return made, made.get_weights()


x = np.random.default_rng(1).normal(size=(2, 5, 3))         # (N, T, m)


def off(kind, by_onnx, convert=to_onnx, **options):
    """Return how far ONNX's last state is from Keras's."""
    made, weights = layer(kind, **options)
    last = by_onnx(x.transpose(1, 0, 2), *convert(*weights))[0]
    return np.abs(last - np.array(made(x))).max()


def values():
    """Return the values that the page quotes, by name."""
    def unchanged(W, U, b):
        return W.T[None], U.T[None], np.concatenate([b, 0 * b])[None]

    def after(X, W, R, B):
        return onnx_gru(X, W, R, B, linear_before_reset=1)

    def before(X, W, R, B):
        return onnx_gru(X, W, R, B, linear_before_reset=0)

    GRU, LSTM = keras.layers.GRU, keras.layers.LSTM
    return {
        "lstm": off(LSTM, onnx_lstm),
        "lstm_unchanged": off(LSTM, onnx_lstm, unchanged),
        "gru": off(GRU, after),
        "gru_before": off(GRU, before),
        "old_gru": off(GRU, before, reset_after=False),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    for name, text in (
            ("lstm", "LSTM, reordered"),
            ("lstm_unchanged", "LSTM, as in Keras"),
            ("gru", "GRU, linear_before_reset=1"),
            ("gru_before", "GRU, linear_before_reset=0"),
            ("old_gru", "reset_after=False, with 0")):
        print(f"{text:28}{v[name]:z.2f}")


if __name__ == "__main__":
    main()
