"""The masks of an LSTM: one for all gates, or one for each.

Run `python -m snippets.dropout.gates` for the output of the page.
Shapes: N samples, T steps, m inputs per step, u units.
"""

import keras
import numpy as np

from snippets.layers.lstm import lstm_step

m, u, T = 3, 2, 4
rng = np.random.default_rng(0)
x = rng.normal(size=(1, T, m))                       # (N, T, m)
W = rng.normal(size=(m, 4 * u))                      # (m, 4u)
U = rng.normal(size=(u, 4 * u))                      # (u, 4u)
b = rng.normal(size=4 * u)                           # (4u,)


# --8<-- [start:masks]
def layer(**dropout):
    """Return an LSTM with the weights above, and a seed."""
    lstm = keras.layers.LSTM(u, return_sequences=True, seed=3,
                             dtype="float64", **dropout)
    lstm.build((None, None, m))
    lstm.set_weights([W, U, b])
    return lstm


def masks(**dropout):
    """Return the masks that such a layer draws, of x and of h."""
    cell = layer(**dropout).cell
    mask_x = cell.get_dropout_mask(keras.ops.ones((1, m), "float64"))
    mask_h = cell.get_recurrent_dropout_mask(
        keras.ops.ones((1, u), "float64"))
    return [np.array(mask) for mask in (mask_x, mask_h) if mask is not None]
# --8<-- [end:masks]


# --8<-- [start:by_hand]
def gated(x, W, U, b, mask_x, mask_h):
    """Return all h (N, T, u), with masks (4, N, m) and (4, N, u) for gates.

    The blocks of W and U are computed one by one: each gate has its masks.
    """
    h = c = np.zeros((len(x), len(U)))                       # (N, u) each
    states = []
    for t in range(x.shape[1]):
        blocks = zip(np.split(W, 4, 1), np.split(U, 4, 1), mask_x, mask_h)
        z = np.concatenate([x[:, t] * of_x @ W_g + h * of_h @ U_g
                            for W_g, U_g, of_x, of_h in blocks], axis=1)
        # z has both products already: (N, 4u). The step adds b.
        *_, c, h = lstm_step(z, h, c, np.eye(len(b)), 0 * U, b)
        states.append(h)
    return np.stack(states, axis=1)                          # (N, T, u)
# --8<-- [end:by_hand]


def agree(**dropout):
    """Return whether the layer gives what these masks give by hand."""
    drawn = masks(**dropout)
    mask_x = np.broadcast_to(drawn[0], (4, 1, m))
    mask_h = drawn[1] if len(drawn) > 1 else np.ones((4, 1, u))
    hand = gated(x, W, U, b, mask_x, mask_h)
    found = np.array(layer(**dropout)(x, training=True))
    return np.allclose(found, hand, rtol=0, atol=1e-12)


def refused():
    """Return what Keras says of the fused kernel with recurrent dropout."""
    try:
        keras.layers.LSTM(u, recurrent_dropout=0.5, use_cudnn=True)(x)
    except ValueError as error:
        return str(error)
    return ""


def values():
    """Return the values that the page quotes, by name."""
    inputs = masks(dropout=0.5)
    both = masks(dropout=0.5, recurrent_dropout=0.5)
    return {
        "inputs": inputs[0], "both_x": both[0][:, 0], "both_h": both[1][:, 0],
        "same": agree(dropout=0.5) and agree(
            dropout=0.5, recurrent_dropout=0.5),
        "ways": np.array([layer(dropout=0.5).cell.implementation,
                          layer(recurrent_dropout=0.5).cell.implementation]),
        "refused": "cuDNN is not supported" in refused(),
        "gru": len(keras.layers.GRU(u, recurrent_dropout=0.5)
                   .cell.get_recurrent_dropout_mask(keras.ops.ones((1, u)))),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "one": ("one mask of the inputs for all gates",
                v["inputs"].shape == (1, m)),
        "each": ("a mask for each gate, of the inputs as well", all(
            not np.all(mask == mask[0]) for mask in (v["both_x"],
                                                     v["both_h"]))),
        "agrees": ("the same numbers as Keras, to twelve decimals",
                   v["same"]),
        "no_kernel": ("refuses at once", v["refused"]),
    }


def main():
    """Print the masks."""
    v = values()
    print("# one")
    print("all gates:", " ".join(f"{n:z.0f}" for n in v["inputs"][0]))
    print("# each")
    print("gate  mask of x   mask of h")
    for gate, of_x, of_h in zip("ifco", v["both_x"], v["both_h"]):
        print(f"{gate:4}  ", " ".join(f"{n:z.0f}" for n in of_x), "     ",
              " ".join(f"{n:z.0f}" for n in of_h))


if __name__ == "__main__":
    main()
