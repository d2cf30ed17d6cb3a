"""Part A, more dimensions: the convolution by hand, and where the wrapper is needed."""

import keras
import numpy as np
import pytest

from snippets.time_distributed import video as more


def test_convolution_by_hand_equals_keras_for_random_frames():
    rng = np.random.default_rng(0)
    frame, kernel = rng.normal(size=(5, 4)), rng.normal(size=(2, 2))
    layer = keras.layers.Conv2D(1, 2, use_bias=False, dtype="float64")
    layer.build((1, 5, 4, 1))
    layer.set_weights([kernel[:, :, None, None]])
    by_keras = np.array(layer(frame[None, ..., None]))[0, ..., 0]
    np.testing.assert_allclose(more.convolve(frame, kernel), by_keras, rtol=0, atol=1e-12)


def test_the_wrapper_convolves_each_frame_alone():
    by_hand = np.stack([more.convolve(frame, more.kernel) for frame in more.video])
    np.testing.assert_array_equal(more.convolve_with_keras(more.video, more.kernel), by_hand)


def test_keras_refuses_a_sequence_of_frames_without_the_wrapper():
    with pytest.raises(ValueError, match="Kernel shape must have the same length as input"):
        keras.layers.Conv2D(1, 2)(np.zeros((1, 2, 3, 3, 1)))


@pytest.mark.parametrize("shape", [(1, 1, 2), (2, 6, 2), (5, 3, 2)])
def test_dense_equals_dense_in_the_wrapper(shape):
    plain, wrapped = more.plain_and_wrapped(np.random.default_rng(1).normal(size=shape))
    np.testing.assert_allclose(plain, wrapped, rtol=0, atol=1e-6)
