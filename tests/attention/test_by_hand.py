"""Encoder and decoder by hand against Keras: given the right symbols, and on their own."""

import keras
import numpy as np
import pytest

from snippets.attention import by_hand as part
from snippets.attention.model import arrays, build_model
from snippets.reber.strings import SYMBOLS

STRINGS = ["BTSSXXVPSE", "BPTTTVPXVE"]


@pytest.fixture(scope="module", params=[True, False], ids=["attention", "fixed"])
def model(request):
    keras.utils.set_random_seed(3)
    return build_model(5, request.param)


def weights_of(model):
    return [array.astype(float) for array in model.get_weights()]


def test_given_the_right_symbols(model):
    x, before, _ = arrays(STRINGS)
    p, alpha, _ = part.write(part.read(x, weights_of(model)), x, weights_of(model))
    np.testing.assert_allclose(p, model([x, before]), rtol=0, atol=1e-6)
    has = len(weights_of(model)) == 9
    np.testing.assert_allclose(alpha.sum(-1), has, rtol=0, atol=1e-12)


def test_on_its_own_it_reads_what_it_wrote(model):
    x, before, _ = arrays(STRINGS)
    before[:] = 0
    for k in range(x.shape[1]):
        p = np.array(model([x, before]))[:, k]
        if k + 1 < x.shape[1]:
            before[:, k + 1] = np.eye(7)[p.argmax(-1)]
    last = np.eye(7)[p.argmax(-1)]
    symbols = np.concatenate([before[:, 1:], last[:, None]], axis=1).argmax(-1)
    theirs = ["".join(SYMBOLS[k] for k in row) for row in symbols]
    assert part.written(STRINGS, weights_of(model)) == theirs
    assert part.right(theirs, weights_of(model)) <= 1


def test_a_batch_with_padding_is_what_each_string_gives_alone():
    assert part.values()["same_as_keras"]
