"""A ConvLSTM by hand: the windows, one step, and the loop over all frames.

Shapes: T frames of rows × cols places, m numbers a place come in (channels),
u a place are remembered (filters); k × k is the size of a window.
Source: Shi et al. (2015) and the Keras documentation of ConvLSTM2D.
"""

import numpy as np

from snippets.layers.dense import sigmoid


# --8<-- [start:correlate]
def correlate(frame, kernel, padding="same"):
    """Return the sum of products (rows, cols, n) at each place of a frame.

    frame is (rows, cols, m), kernel (k, k, m, n). "same" puts zeros around
    the frame, "valid" takes only windows that lie inside of it.
    """
    k = len(kernel)
    if padding == "same":
        around = ((k - 1) // 2, k // 2)              # before and after
        frame = np.pad(frame, (around, around, (0, 0)))
    rows, cols = frame.shape[0] - k + 1, frame.shape[1] - k + 1
    sums = np.zeros((rows, cols, kernel.shape[-1]), frame.dtype)
    for r in range(rows):
        for q in range(cols):
            window = frame[r:r + k, q:q + k]         # (k, k, m)
            products = window[..., None] * kernel    # (k, k, m, n)
            sums[r, q] = products.sum(axis=(0, 1, 2))        # (n,)
    return sums
# --8<-- [end:correlate]


# --8<-- [start:step]
def conv_lstm_step(x, h, c, W, U, b, padding="same"):
    """Return i, f, c_new, o, c, h, all (rows, cols, u), of one frame.

    x (rows, cols, m) is the frame, h and c are the maps before it. W (k, k,
    m, 4u), U (k, k, u, 4u) and b (4u,) hold i, f, c_new, o side by side.
    """
    z = correlate(x, W, padding) + correlate(h, U) + b   # (rows, cols, 4u)
    z_i, z_f, z_c, z_o = np.split(z, 4, axis=-1)     # (rows, cols, u) each
    i = sigmoid(z_i)                                 # how much to write
    f = sigmoid(z_f)                                 # how much to keep
    c_new = np.tanh(z_c)                             # what to write
    o = sigmoid(z_o)                                 # how much to show
    c = f * c + i * c_new                            # the new cell
    h = o * np.tanh(c)                               # the new state
    return i, f, c_new, o, c, h
# --8<-- [end:step]


# --8<-- [start:loop]
def conv_lstm(x, W, U, b, padding="same"):
    """Return i, f, c_new, o, c, h, all (T, rows, cols, u), of one film.

    x (T, rows, cols, m) holds its frames. "valid" makes the maps smaller.
    """
    lost = len(W) - 1 if padding == "valid" else 0
    u = U.shape[2]
    h = np.zeros((x.shape[1] - lost, x.shape[2] - lost, u), x.dtype)
    c = np.zeros_like(h)                             # (rows, cols, u)
    steps = []
    for frame in x:
        step = conv_lstm_step(frame, h, c, W, U, b, padding)
        c, h = step[-2:]                             # to the next frame
        steps.append(step)
    return np.stack(steps, axis=1)                   # (6, T, rows, cols, u)
# --8<-- [end:loop]
