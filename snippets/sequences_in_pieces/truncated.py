"""Truncated backpropagation: only the last k steps send their gradient.

Run `python -m snippets.sequences_in_pieces.truncated` for the page's output.
Source: R. J. Williams and J. Peng, An efficient gradient-based algorithm for
on-line training of recurrent network trajectories (1990).
"""

import keras
import numpy as np
import tensorflow as tf

from snippets.backpropagation.miniature import (
    before, forward, simple_rnn_backward, summed, target,
)
from snippets.math_of_a_simple_rnn.miniature import U, W, W_y, b, b_y, x


# --8<-- [start:truncate]
def truncate(dz, k):
    """Return dz (N, T, u) with all but the last k steps set to zero."""
    kept = np.zeros_like(dz)                     # (N, T, u)
    start = max(0, dz.shape[1] - k)              # never below step 0
    kept[:, start:] = dz[:, start:]
    return kept
# --8<-- [end:truncate]


# --8<-- [start:keras]
def truncated_by_tape(x, k):
    """Return the gradients of W, U and b that Keras has for the last k steps."""
    rnn = keras.layers.SimpleRNN(1, dtype="float64")
    rnn.build(x.shape)
    rnn.set_weights([W, U, b])
    start = max(0, x.shape[1] - k)
    with tf.GradientTape() as tape:
        state = None                             # zero
        if start:
            state = rnn(x[:, :start])            # (N, u)
            state = keras.ops.stop_gradient(state)   # a number like another
        h = rnn(x[:, start:], initial_state=state)   # (N, u)
        loss = keras.ops.mean((h @ W_y + b_y - target) ** 2)
    return [g.numpy().item()
            for g in tape.gradient(loss, rnn.trainable_variables)]
# --8<-- [end:keras]


def first_backward(x):
    """Return h, what comes to it from above, and U: the way back starts here."""
    h, y, _ = forward(x, W, U, b, W_y, b_y)
    dh = np.zeros_like(h)
    dh[:, -1] = 2 * (y - target) @ W_y.T
    return h, dh, U


def by_hand(x, k):
    """Return the gradients of W, U and b that the last k steps give."""
    h, dh, _ = first_backward(x)
    dz = truncate(simple_rnn_backward(h, dh, U)[1], k)
    return [g.item() for g in
            (summed(x, dz), summed(before(h), dz), dz.sum())]


def values():
    """Return the values that the page quotes, by name."""
    small = np.array([by_hand(x[None] / 10, k) for k in (1, 2, 3)])
    large = np.array([by_hand(x[None], k) for k in (1, 2, 3)])
    tape = [[truncated_by_tape(array, k) for k in (1, 2, 3)]
            for array in (x[None] / 10, x[None])]
    pairs = {k: sum(min(k, t + 1) for t in range(100)) for k in (10, 100)}
    wrong = simple_rnn_backward(*first_backward(x[None] / 10))[1][:, 3 - 5:]
    return {
        "pairs": pairs[10], "pairs_all": pairs[100], "wrong_b": wrong.sum(),
        "small": small, "large": large,
        "share": 100 * small / small[-1], "large_share": 100 * large / large[-1],
        "same_as_keras": np.allclose([small, large], tape, rtol=0, atol=1e-10),
    }


def main():
    """Print the gradients that the last k steps give."""
    v = values()
    print("# truncated")
    print("k         W          U          b")
    for name in ("small", "large"):
        for k, row in enumerate(v[name], 1):
            print(k, " ".join(f"{number:z10.6f}" for number in row))
    print("the same as Keras with stop_gradient:", v["same_as_keras"])


if __name__ == "__main__":
    main()
