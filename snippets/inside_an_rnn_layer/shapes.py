"""Inside an RNN layer: shapes, row by row; W and U stacked into one matrix.

Run `python -m snippets.inside_an_rnn_layer.shapes` for the page's outputs.
"""

import numpy as np

from snippets.inside_an_rnn_layer.loss import softmax, x
from snippets.inside_an_rnn_layer.model import U, W, W_y, b, b_y
from snippets.layers.lstm import lstm
from snippets.layers.simple_rnn import simple_rnn, simple_rnn_step
from snippets.lstm import trained as lstm_trained


# --8<-- [start:one_row]
def one_row(n, t):
    """Return x W, h U, z and the new state of string n, (u,) each."""
    h = simple_rnn(x, W, U, b)[n, t - 1]           # (u,): the state before
    xW = x[n, t] @ W                               # (m,) (m, u) -> (u,)
    hU = h @ U                                     # (u,) (u, u) -> (u,)
    z = xW + hU + b                                # (u,)
    return xW, hU, z, np.tanh(z)
# --8<-- [end:one_row]


# --8<-- [start:all_rows]
def all_rows(t):
    """Return the same for all strings at once, (N, u) each."""
    h = simple_rnn(x, W, U, b)[:, t - 1]           # (N, u)
    xW = x[:, t] @ W                               # (N, m) (m, u) -> (N, u)
    hU = h @ U                                     # (N, u) (u, u) -> (N, u)
    z = xW + hU + b                                # b (u,) goes to each row
    return xW, hU, z, np.tanh(z)
# --8<-- [end:all_rows]


# --8<-- [start:stacked]
WU = np.concatenate([W, U])                        # (m + u, u) = (10, 3)


def stacked_step(x, h, WU, b):
    """Return z and the new state (..., u) with one product instead of two."""
    xh = np.concatenate([x, h], axis=-1)           # (..., m + u): x first
    z = xh @ WU + b                                # (..., u)
    return z, np.tanh(z)                           # and still the tanh
# --8<-- [end:stacked]


# --8<-- [start:lstm]
def lstm_sums(x, h):
    """Return all four sums of an LSTM, (..., 4u), with one product."""
    both = np.concatenate([lstm_trained.W, lstm_trained.U])  # (m + u, 4u)
    xh = np.concatenate([x, h], axis=-1)           # (..., m + u)
    return xh @ both + lstm_trained.b              # (..., 4u): i, f, c, o
# --8<-- [end:lstm]


def loop(x, step):
    """Return all states (T, u) for x (T, m), by a step of any kind."""
    h, states = np.zeros(3), []
    for x_t in x:
        h = step(x_t, h)
        states.append(h)
    return np.array(states)


def values():
    """Return the values that the page quotes, by name."""
    h = simple_rnn(x, W, U, b)                     # (N, T, u)
    rows = [np.array(one_row(n, 2)) for n in (0, 1)]   # (4, u) each
    batch = np.array(all_rows(2))                  # (4, N, u)
    z, h_2 = simple_rnn_step(x[:, 2], h[:, 1], W, U, b)
    z_stacked, h_stacked = stacked_step(x[:, 2], h[:, 1], WU, b)
    forgotten = loop(x[0], lambda x, h: stacked_step(x, h, WU, b)[0])
    h_first = np.concatenate([h[:, 1], x[:, 2]], axis=-1) @ WU + b
    states = lstm(lstm_trained.x_new, lstm_trained.W, lstm_trained.U,
                  lstm_trained.b)[5, 0]
    p = softmax(h @ W_y + b_y)                     # (N, T, m')
    arrays = [x, x[:, 2], W, x[:, 2] @ W, h[:, 1], U, b, h_2, h, W_y, p]
    return {
        "h_1": h[:, 1], "xW": batch[0], "hU": batch[1], "z": batch[2],
        "h_2": batch[3],
        "rows_same": np.allclose(np.stack(rows, 1), batch, atol=1e-12),
        "shapes": np.array([str(array.shape) for array in arrays]),
        "stacked_same": np.allclose([z, h_2], [z_stacked, h_stacked],
                                    rtol=0, atol=1e-12),
        "stacked_shape": np.array(WU.shape),
        "lstm_shape": np.array([len(lstm_trained.W) + len(lstm_trained.U),
                                lstm_trained.W.shape[1]]),
        "forgotten": forgotten,
        "h_first": np.tanh(h_first)[0],
        "z_lstm": lstm_sums(lstm_trained.x_new[0, 3], states[2]),
        "lstm_same": np.allclose(
            lstm_sums(lstm_trained.x_new[0, 3], states[2]),
            lstm_trained.values()["z"], rtol=0, atol=1e-12),
        "column": np.tanh(x[[0, 0, 0], 0] @ W + b[:, None]),
    }


NAMES = ("x", "x_t", "W", "x_t W", "h before", "U", "b", "h_t",
         "all h", "W_y", "p")


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z7.4f}".format})
    print("# shapes")
    for name, shape in zip(NAMES, v["shapes"]):
        print(f"{name:9} {shape}")
    print("# rows")
    for n, string in enumerate(("BTSXSE, reads S", "BPVPSE, reads V")):
        print(string)
        for name in ("xW", "hU", "z", "h_2"):
            print(f"{name:3}", v[name][n])
    print("each row as if alone:", v["rows_same"])
    print("# stacked")
    print("one product, and two:", v["stacked_same"])
    print("# lstm")
    for gate, z in zip("ifco", np.split(v["z_lstm"], 4)):
        print(gate, z)
    print("the same as in Part D:", v["lstm_same"])


if __name__ == "__main__":
    main()
