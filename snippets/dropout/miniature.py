"""Dropout in a recurrent layer: two units, three steps, one mask for all.

Run `python -m snippets.dropout.miniature` for the output of the page.
Source: the Keras documentation of SimpleRNN. Shapes: N samples, T steps,
m inputs per step, u units.
"""

import keras
import numpy as np

from snippets.layers.simple_rnn import simple_rnn_step

# --8<-- [start:weights]
W = np.array([[0.5, -0.3], [0.2, 0.4]])      # (m, u)
U = np.array([[0.6, 0.2], [-0.4, 0.5]])      # (u, u)
b = np.array([0.1, 0.0])                     # (u,)
x = np.array([[[1.0, 0.5],                   # (N, T, m): three steps
               [0.0, 1.0],
               [-1.0, 0.5]]])
RATE = 0.5
# --8<-- [end:weights]


# --8<-- [start:by_hand]
def dropped(x, W, U, b, mask_x, mask_h):
    """Return all states (N, T, u); mask_x (N, m), mask_h (N, u): for all t."""
    h, states = np.zeros((len(x), len(U))), []           # (N, u)
    for t in range(x.shape[1]):
        _, h = simple_rnn_step(x[:, t] * mask_x, h * mask_h, W, U, b)
        states.append(h)
    return np.stack(states, axis=1)                      # (N, T, u)
# --8<-- [end:by_hand]


# --8<-- [start:keras]
def layer(weights=(W, U, b), **options):
    """Return Keras's layer with both kinds of dropout, in float64."""
    rnn = keras.layers.SimpleRNN(
        len(weights[1]), dropout=RATE, recurrent_dropout=RATE,
        return_sequences=True, dtype="float64", **options)
    rnn.build((None, None, len(weights[0])))
    rnn.set_weights(weights)
    return rnn
# --8<-- [end:keras]


# --8<-- [start:recover]
def masks(seed, N=1):
    """Return the masks of x and of h, (N, 2) each, that this seed draws."""
    one, none, zero = np.eye(2), np.zeros((2, 2)), np.zeros(2)
    shows_x = layer([one, none, zero], seed=seed, activation="linear")
    shows_h = layer([none, one, zero], seed=seed, activation="linear")
    mask_x = shows_x(np.ones((N, 1, 2)), training=True)
    mask_h = shows_h(np.zeros((N, 1, 2)), training=True,
                     initial_state=keras.ops.ones((N, 2)))
    return np.array(mask_x)[:, 0], np.array(mask_h)[:, 0]
# --8<-- [end:recover]


SEED = 7


def values():
    """Return the values that the page quotes, by name."""
    mask_x, mask_h = masks(SEED)
    hand = dropped(x, W, U, b, mask_x, mask_h)
    plain = dropped(x, W, U, b, 1, 1)
    rnn = layer(seed=SEED)
    first, second = (np.array(rnn(x, training=True)) for _ in range(2))
    again = np.array(layer(seed=SEED)(x, training=True))
    before = np.concatenate([np.zeros((1, 1, 2)), hand[:, :-1]], axis=1)
    return {
        "mask_x": mask_x, "mask_h": mask_h, "h": hand, "plain": plain,
        "x_kept": x * mask_x, "h_kept": before * mask_h,
        "keep": 1 / (1 - RATE), "second": second,
        "same": np.allclose(first, hand, rtol=0, atol=1e-12),
        "off": np.allclose(np.array(rnn(x)), plain, rtol=0, atol=1e-12),
        "again": np.array_equal(first, again),
        "other": not np.allclose(first, second),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "agrees": ("the same as by hand, to twelve decimals", v["same"]),
        "nothing": ("no trace of dropout", v["off"]),
        "repeats": ("draws the same masks again", v["again"]),
        "differs": ("draws others", v["other"]),
    }


def main():
    """Print the masks and the three steps."""
    v = values()
    print("# masks")
    for name in ("mask_x", "mask_h"):
        print(name, " ".join(f"{n:z.0f}" for n in v[name][0]))
    print("# steps")
    print(" t   x times its mask   h before, masked   new h")
    rows = zip(v["x_kept"][0], v["h_kept"][0], v["h"][0])
    for t, (kept, before, h) in enumerate(rows):
        print(f" {t} ", " ".join(f"{n:z7.1f}" for n in kept),
              "  ", " ".join(f"{n:z7.4f}" for n in before),
              "  ", " ".join(f"{n:z7.4f}" for n in h))
    print("# plain")
    for t, h in enumerate(v["plain"][0]):
        print(f" {t} ", " ".join(f"{n:z7.4f}" for n in h))


if __name__ == "__main__":
    main()
