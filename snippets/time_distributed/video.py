"""Part A, more dimensions: where TimeDistributed is needed, and where not.

Run `python -m snippets.time_distributed.video` for the page's outputs.
A video has T frames of H rows and W columns, with C channels a pixel.
"""

import textwrap

import keras
import numpy as np

from snippets.time_distributed.model import W, b, build_model, x_new


# --8<-- [start:video]
video = np.array([[[0, 1, 2],
                   [3, 5, 4],
                   [2, 1, 0]],
                  [[1, 1, 0],
                   [0, 2, 3],
                   [4, 0, 1]]], float)     # (T, H, W) = (2, 3, 3)
kernel = np.array([[1, 0],
                   [0, -1]], float)        # a pixel minus its lower right one


def convolve(frame, kernel):
    """Return the sums of products (H-1, W-1) of kernel and frame (H, W)."""
    out = np.zeros((frame.shape[0] - 1, frame.shape[1] - 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(frame[i:i + 2, j:j + 2] * kernel)
    return out


def convolve_with_keras(video, kernel):
    """Return the same (T, H-1, W-1) for each frame of video (T, H, W)."""
    conv = keras.layers.Conv2D(1, 2, use_bias=False)
    layer = keras.layers.TimeDistributed(conv)
    x = video[None, ..., None]             # (N, T, H, W, C) = (1, 2, 3, 3, 1)
    layer.build(x.shape)
    layer.set_weights([kernel[:, :, None, None]])
    return np.array(layer(x))[0, ..., 0]   # (T, H-1, W-1) of the one sample
# --8<-- [end:video]


# --8<-- [start:dense_or_wrapped]
def plain_and_wrapped(x):
    """Return what Dense makes of x (N, T, m), alone and inside the wrapper."""
    wrapped = build_model()
    wrapped.set_weights([W, b])
    plain = keras.layers.Dense(3, activation="sigmoid")
    plain.build(x.shape)
    plain.set_weights([W, b])              # the same W and b for both
    return np.array(plain(x)), np.array(wrapped(x))  # (N, T, m') each
# --8<-- [end:dense_or_wrapped]


# --8<-- [start:too_many_dimensions]
def convolve_without_wrapper(video):
    """Return what Conv2D says to a sequence of frames, (N, T, H, W, C)."""
    try:
        keras.layers.Conv2D(1, 2)(video[None, ..., None])  # an axis too many
    except ValueError as error:
        return str(error)
# --8<-- [end:too_many_dimensions]


def values():
    """Return the values that the page quotes, by name."""
    frames = np.stack([convolve(frame, kernel) for frame in video])
    by_keras = convolve_with_keras(video, kernel)
    plain, wrapped = plain_and_wrapped(x_new)
    return {
        "frames": frames.astype(int),
        "frames_same": np.array_equal(frames, by_keras),
        "dense_same": np.allclose(plain, wrapped, rtol=0, atol=1e-6),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# by_hand")
    print(v["frames"])
    print("the same as Keras:", v["frames_same"])
    print("# without_wrapper")
    print(textwrap.fill("ValueError: " + convolve_without_wrapper(video), 72))
    print("# dense_or_wrapped")
    print("the same with and without the wrapper:", v["dense_same"])


if __name__ == "__main__":
    main()
