"""Part D, the traps: the miniature's last state when one thing is different.

Run `python -m snippets.lstm.traps` for the numbers of the table on the page.
"""

import keras
import numpy as np

from snippets.layers.lstm import lstm
from snippets.lstm import trained
from snippets.lstm.miniature import U, W, b, x


# --8<-- [start:last_state]
def last_state(weights=(W, U, b), **options):
    """Return Keras's last state for the miniature's x, with other options."""
    layer = keras.layers.LSTM(1, **options)
    layer.build((None, 3, 1))
    layer.set_weights(weights)
    return np.array(layer(x[None]))[0, 0]        # of (N, u) = (1, 1)
# --8<-- [end:last_state]


# --8<-- [start:hard_sigmoid]
def old_hard_sigmoid(z):
    """Return what hard_sigmoid was before Keras 3, for z of any shape."""
    return keras.ops.clip(0.2 * z + 0.5, 0, 1)   # flat beyond -2.5 and 2.5
# --8<-- [end:hard_sigmoid]


# --8<-- [start:order]
def reorder(array, order):
    """Return the gates i, f, c, o of an array (..., 4u) in another order."""
    gates = dict(zip("ifco", np.split(array, 4, axis=-1)))
    return np.concatenate([gates[name] for name in order], axis=-1)
# --8<-- [end:order]


# --8<-- [start:pytorch]
def from_pytorch(weight_ih, weight_hh, bias_ih, bias_hh):
    """Return Keras's W, U and b for the four arrays of a PyTorch LSTM."""
    return weight_ih.T, weight_hh.T, bias_ih + bias_hh
# --8<-- [end:pytorch]


def values():
    """Return the values that the page quotes, by name."""
    weights = [trained.W, trained.U, trained.b]
    turned = np.concatenate([part.T for part in np.split(trained.U, 4, 1)], 1)
    x_new = trained.x_new
    wrong = {order: [reorder(array, order) for array in (W, U, b)]
             for order in ("ifoc", "icfo")}
    z = np.array([-1.0])
    return {
        "right": last_state(),
        "activation": last_state(activation="sigmoid"),
        "old_hard": last_state(recurrent_activation=old_hard_sigmoid),
        "new_hard": last_state(recurrent_activation="hard_sigmoid"),
        "no_bias": last_state((W, U), use_bias=False),
        "forget_zero": last_state((W, U, b - [0, 1, 0, 0])),
        "forget_one": 1 / (1 + np.exp(-1.0)),
        "ifoc": last_state(wrong["ifoc"]),
        "icfo": last_state(wrong["icfo"]),
        "bias_twice": last_state((W, U, 2 * b)),
        "c_for_h": lstm(x[None], W, U, b)[4, 0, -1, 0],
        "old_at": 0.2 * z + 0.5,
        "new_at": z / 6 + 0.5,
        "sigmoid_at": 1 / (1 + np.exp(-z)),
        "h_trained": lstm(x_new, *weights)[-1, 0, -1],
        "h_turned": lstm(x_new, weights[0], turned, weights[2])[-1, 0, -1],
    }


def main():
    """Print the last state of each trap, as the table of the page has it."""
    v = values()
    for name in ("right", "activation", "old_hard", "new_hard", "no_bias",
                 "forget_zero", "ifoc", "icfo", "bias_twice", "c_for_h"):
        print(f"{name:12} {v[name]:z.4f}")


if __name__ == "__main__":
    main()
