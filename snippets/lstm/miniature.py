"""Part D, the miniature: an LSTM of one unit, three steps, twelve weights.

Run `python -m snippets.lstm.miniature` for the output that the page shows.
"""

import keras
import numpy as np

from snippets.layers.lstm import lstm, lstm_step

# --8<-- [start:weights]
#              i     f     c~    o
W = np.array([[1.0, -0.5, 2.0, 0.5]])   # kernel (m, 4u) = (1, 4)
U = np.array([[-0.5, 1.0, 0.5, 1.5]])   # recurrent kernel (u, 4u) = (1, 4)
b = np.array([0.5, 1.0, 0.2, -0.2])     # bias (4u,) = (4,)

x = np.array([[1.0], [0.0], [-1.0]])    # (T, m) = (3, 1)
# --8<-- [end:weights]


# --8<-- [start:by_hand]
def by_hand():
    """Return sums z (T, 4), cells and states (T,), without any matrix."""
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    sums, cells, states = [], [], []
    h = c = 0.0
    for x_t in (1.0, 0.0, -1.0):
        z_i = 1.0 * x_t - 0.5 * h + 0.5
        z_f = -0.5 * x_t + 1.0 * h + 1.0
        z_c = 2.0 * x_t + 0.5 * h + 0.2
        z_o = 0.5 * x_t + 1.5 * h - 0.2
        c = sigmoid(z_f) * c + sigmoid(z_i) * np.tanh(z_c)
        h = sigmoid(z_o) * np.tanh(c)
        sums.append([z_i, z_f, z_c, z_o])
        cells.append(c)
        states.append(h)
    return np.array(sums), np.array(cells), np.array(states)
# --8<-- [end:by_hand]


# --8<-- [start:keras]
def with_keras():
    """Return the three states (T,) that Keras computes, in float32."""
    layer = keras.layers.LSTM(1, return_sequences=True)
    layer.build((None, 3, 1))
    layer.set_weights([W, U, b])
    return np.array(layer(x[None]))[0, :, 0]
# --8<-- [end:keras]


def values():
    """Return the values that the page quotes, by name."""
    z, c, h = by_hand()
    before = np.concatenate([[0], h[:-1]])  # (T,): the state of t - 1
    i, f, c_new, o, cells, states = lstm(x[None], W, U, b)[:, 0, :, 0]
    zero = np.zeros(1)
    always = lstm_step(zero, zero, zero, W, U, b)
    half = np.array([0.5])
    exercise = lstm_step(half, h[2:], c[2:], W, U, b)
    forgetful = b - [0, 1, 0, 0]
    return {
        "xW": x @ W,
        "hU": before[:, None] @ U,
        "z": z,
        "i": i,
        "f": f,
        "c_new": c_new,
        "o": o,
        "c": c,
        "tanh_c": np.tanh(c),
        "h": h,
        "kept": f * np.concatenate([[0], c[:-1]]),
        "written": i * c_new,
        "f_at_rest": always[1][0],
        "after_ten": always[1][0] ** 10,
        "same_as_step": np.allclose([c, h], [cells, states], atol=1e-12),
        "same_as_keras": np.allclose(with_keras(), h, rtol=0, atol=1e-6),
        "exercise": np.array([gate[0] for gate in exercise]),
        "z_exercise": (half @ W + h[2:] @ U + b),
        "c_forgetful": lstm(x[None], W, U, forgetful)[4, 0, :, 0],
    }


def main():
    """Print every number of the three steps."""
    v = values()
    print("# table")
    print("t   z_i     z_f     z_c     z_o   |   i      f      c~     o")
    for t in range(3):
        gates = [v[name][t] for name in ("i", "f", "c_new", "o")]
        print(t, " ".join(f"{z:z7.4f}" for z in v["z"][t]), "|",
              " ".join(f"{gate:z7.4f}" for gate in gates))
    print("t   kept  written   c    tanh(c)   h")
    for t in range(3):
        print(t, " ".join(f"{v[name][t]:z7.4f}" for name in
                          ("kept", "written", "c", "tanh_c", "h")))
    print("the same with lstm_step:", v["same_as_step"])
    print("the same as Keras:", v["same_as_keras"])


if __name__ == "__main__":
    main()
