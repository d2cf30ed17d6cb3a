"""The blocks of recurrent kernels that Keras itself draws."""

import keras
import numpy as np
import pytest

from snippets.long_sequences import blocks as part


@pytest.mark.parametrize(("place", "units"), [(0, 16), (1, 16), (2, 16)])
def test_blocks_of_keras_have_such_norms(place, units):
    values = part.values()
    name = part.NAMES[place]
    gates = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}[name]
    for seed in range(3):
        keras.utils.set_random_seed(seed)
        layer = getattr(keras.layers, name)(units)
        layer.build((None, None, 7))
        U = layer.get_weights()[1].astype(float)
        np.testing.assert_allclose(U @ U.T, np.eye(units), rtol=0, atol=1e-5)
        for block in np.split(U, gates, axis=1):
            largest = np.sqrt(np.linalg.eigvalsh(block @ block.T)[-1])
            assert values["least"][place] - 0.06 < largest < values["most"][place] + 0.06
            assert largest < 1 or gates == 1 and largest == pytest.approx(1, abs=1e-5)
