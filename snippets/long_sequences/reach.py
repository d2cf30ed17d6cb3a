"""Long sequences: how far a gradient reaches through the three layers.

Run `python -m snippets.long_sequences.reach` for the outputs of the page.
Shapes: T steps, m inputs a step, u units.
"""

import numpy as np

from snippets.layers.gru import gru_step
from snippets.layers.lstm import lstm_step
from snippets.layers.simple_rnn import simple_rnn_step

# --8<-- [start:two_units]
W = np.array([[1.0, -0.5]])          # kernel (m, u) = (1, 2)
U = np.array([[0.8, 0.6],
              [-0.6, 0.8]])          # recurrent kernel (u, u): a rotation
b = np.zeros(2)                      # bias (u,)
x = np.array([[0.5], [-1.0]])        # (T, m), steps 1 and 2
h_0 = np.array([0.4, -0.2])          # (u,), the state after step 0
# --8<-- [end:two_units]

NUDGE = 0.01                         # by how much a unit is changed


# --8<-- [start:initial]
def initial(gates, m, u, rng, forget=None):
    """Draw W, U, b as Keras does: Glorot uniform, orthogonal, zero.

    gates is 1 (SimpleRNN), 4 (LSTM) or 3 (GRU, two biases). forget is the
    bias of the LSTM's forget gate.
    """
    limit = np.sqrt(6 / (m + gates * u))
    W = rng.uniform(-limit, limit, (m, gates * u))     # (m, gates u)
    Q, R = np.linalg.qr(rng.normal(size=(gates * u, u)))
    U = (Q * np.sign(np.diag(R))).T                    # (u, gates u)
    b = np.zeros((2, 3 * u) if gates == 3 else gates * u)
    if forget is not None:
        b[u:2 * u] = forget                            # i, f, c~, o
    return W, U, b
# --8<-- [end:initial]


# --8<-- [start:simple]
def simple_rnn_jacobian(x, h, W, U, b):
    """Return dh_t / dh_(t-1), (u, u), and the new state h_t, (u,).

    Row: a unit of the new state. Column: a unit of the old one.
    """
    z, h = simple_rnn_step(x, h, W, U, b)              # (u,) each
    return (1 - h**2)[:, None] * U.T, h                # (u, u), (u,)
# --8<-- [end:simple]


# --8<-- [start:gru]
def gru_jacobian(x, h, W, U, b):
    """Return dh_t / dh_(t-1), (u, u), and the new state h_t, (u,)."""
    z, r, h_new, after = gru_step(x, h, W, U, b)       # (u,) each
    U_z, U_r, U_h = (block.T for block in np.split(U, 3, axis=1))
    q = h @ U_h.T + b[1, -len(h):]                     # (u,): r acts on it
    d_r = (q * r * (1 - r))[:, None] * U_r             # (u, u)
    d_new = (1 - h_new**2)[:, None] * (d_r + r[:, None] * U_h)
    d_z = (z * (1 - z))[:, None] * U_z                 # (u, u)
    J = (np.diag(z) + (h - h_new)[:, None] * d_z
         + (1 - z)[:, None] * d_new)                   # (u, u)
    return J, after
# --8<-- [end:gru]


# --8<-- [start:lstm]
def lstm_jacobian(x, state, W, U, b):
    """Return d(h_t, c_t) / d(h_(t-1), c_(t-1)), (2u, 2u), and (h_t, c_t).

    state (2u,) is h_(t-1), then c_(t-1). The blocks are [hh, hc; ch, cc].
    """
    h, c = np.split(state, 2)                          # (u,) each
    i, f, c_new, o, c_t, h_t = lstm_step(x, h, c, W, U, b)
    U_i, U_f, U_c, U_o = (block.T for block in np.split(U, 4, axis=1))
    ch = ((c_new * i * (1 - i))[:, None] * U_i         # by way of i
          + (c * f * (1 - f))[:, None] * U_f           # by way of f
          + (i * (1 - c_new**2))[:, None] * U_c)       # by way of c~
    cc = np.diag(f)                                    # the straight way
    shown = (o * (1 - np.tanh(c_t)**2))[:, None]       # (u, 1)
    hh = (np.tanh(c_t) * o * (1 - o))[:, None] * U_o + shown * ch
    J = np.block([[hh, shown * cc], [ch, cc]])         # (2u, 2u)
    return J, np.concatenate([h_t, c_t])
# --8<-- [end:lstm]


# --8<-- [start:reach]
def reach(jacobian, x, state, weights):
    """Multiply the Jacobians of the steps x (T, m) after the state.

    Return (T, s, s) with row t the product of the first t + 1 of them, the
    later ones on the left; s is the size of the state.
    """
    product, products = np.eye(len(state)), []
    for x_t in x:
        J, state = jacobian(x_t, state, *weights)      # (s, s), (s,)
        product = J @ product
        products.append(product)
    return np.array(products)


def norm(A):
    """Return the spectral norm of the matrices A (..., s, s)."""
    return np.linalg.norm(A, ord=2, axis=(-2, -1))     # largest stretch
# --8<-- [end:reach]


def values():
    """Return the values that the page quotes, by name."""
    J_1, h_1 = simple_rnn_jacobian(x[0], h_0, W, U, b)
    J_2, h_2 = simple_rnn_jacobian(x[1], h_1, W, U, b)
    nudges = NUDGE * np.eye(2)                         # of unit 0, of unit 1
    once = simple_rnn_step(x[0], h_0 + nudges, W, U, b)[1]     # (2, u)
    twice = simple_rnn_step(x[1], once, W, U, b)[1]            # (2, u)
    return {
        "h_1": h_1, "h_2": h_2, "slope_1": 1 - h_1**2, "slope_2": 1 - h_2**2,
        "J_1": J_1, "J_2": J_2, "product": J_2 @ J_1,
        "J_turned": (1 - h_1**2)[:, None] * U, "wrong_order": J_1 @ J_2,
        "once": once - h_1, "ratios": ((once - h_1) / NUDGE).T,
        "change": twice[0] - h_2, "foretold": NUDGE * (J_2 @ J_1)[:, 0],
        "norms": norm(np.array([U.T, J_1, J_2, J_2 @ J_1])),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    np.set_printoptions(formatter={"float": "{:z.4f}".format})
    print("# two_units")
    for name in ("h_1", "h_2", "J_1", "J_2", "product"):
        text = f"{name} = {v[name]}"
        print(text.replace("\n", "\n" + " " * (len(name) + 3)))


if __name__ == "__main__":
    main()
