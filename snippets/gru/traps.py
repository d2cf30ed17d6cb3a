"""Part E, if your numbers differ: the last state under each mistake.

Run `python -m snippets.gru.traps` for the table of the page.
Most numbers are h_2 of the miniature of snippets/gru/miniature.py.
"""

import keras
import numpy as np

from snippets.gru import trained
from snippets.gru.miniature import U, W, b, keras_gru, x
from snippets.layers.dense import sigmoid
from snippets.layers.gru import gru, gru_step, gru_step_reset_before
from snippets.lstm.model import make_data


# --8<-- [start:rows]
def last(W, U, b, **options):
    """Return the last state of the miniature, read with these weights."""
    return gru(x, W, U, b, **options)[3][0, -1, 0]


def move(b, columns):
    """Return b (2, 3u) with the second row added to the first in columns."""
    b = b.copy()
    b[0, columns] += b[1, columns]
    b[1, columns] = 0
    return b


moved_z_r = move(b, [0, 1])           # allowed: nothing changes
moved_all = move(b, [0, 1, 2])        # not allowed for the candidate
# --8<-- [end:rows]


# --8<-- [start:takes]
flip = np.array([-1, 1, 1])           # sigma(-a) = 1 - sigma(a)
z_takes = last(W * flip, U * flip, b * flip)
# --8<-- [end:takes]


swap = [1, 0, 2]                      # r, z, h read as z, r, h
wrong_order = last(W[:, swap], U[:, swap], b[:, swap])


# --8<-- [start:pytorch]
def for_pytorch(W, U, b):
    """Return weight_ih, weight_hh, bias_ih and bias_hh of torch.nn.GRU.

    W (m, 3u), U (u, 3u) and b (2, 3u) are Keras's, packed z, r, h; PyTorch
    packs r, z, h and multiplies columns, so its matrices are transposed.
    """
    def reordered(a):
        z, r, h = np.split(a, 3, axis=-1)          # (..., u) each
        return np.concatenate([r, z, h], axis=-1)  # (..., 3u)
    return (reordered(W).T,                        # (3u, m)
            reordered(U).T,                        # (3u, u)
            reordered(b[0]), reordered(b[1]))      # (3u,) each
# --8<-- [end:pytorch]


def old_hard_sigmoid(a):
    """Return the hard sigmoid of Keras 2; that of Keras 3 is a/6 + 1/2."""
    return keras.ops.clip(0.2 * a + 0.5, 0, 1)


def right_percent(bias, step):
    """Return how many answers of the trained model to new data are right."""
    x, y = make_data(N=trained.NEW, seed=99)
    h = gru(x, trained.W, trained.U, bias, step=step)[3]       # (N, T, u)
    answer = sigmoid(h @ trained.W_y + trained.b_y) > 0.5      # (N, T, m')
    return 100 * np.mean(answer == y)


def values():
    """Return the values that the page quotes, by name."""
    def by_keras(**options):          # called directly it keeps float64
        return keras_gru(x, W, U, b, dtype="float64", **options)[0, -1, 0]

    before = last(W, U, b.sum(0), step=gru_step_reset_before)
    return {
        "right": last(W, U, b),
        "reset_before": before,
        "moved_z_r": last(W, U, moved_z_r),
        "moved_all": last(W, U, moved_all),
        "first_row": last(W, U, b * [[1], [0]]),
        "second_row": last(W, U, b * [[0], [1]]),
        "swapped_rows": last(W, U, b[::-1]),
        "no_bias": last(W, U, 0 * b),
        "z_takes": z_takes,
        "wrong_order": wrong_order,
        "hard_sigmoid": by_keras(recurrent_activation="hard_sigmoid"),
        "old_hard_sigmoid": by_keras(recurrent_activation=old_hard_sigmoid),
        "activation_sigmoid": by_keras(activation="sigmoid"),
        "trained_after": right_percent(trained.b, gru_step),
        "trained_before": right_percent(trained.b.sum(0),
                                        gru_step_reset_before),
    }


def main():
    """Print the last state under each mistake, and what is right in percent."""
    for name, number in values().items():
        digits = 1 if name.startswith("trained") else 4  # those are percent
        print(f"{name:20} {number:z7.{digits}f}")


if __name__ == "__main__":
    main()
