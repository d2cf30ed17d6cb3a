"""Answers to the exercises on embeddings."""

import keras
import numpy as np

from snippets.embedding import exercises as part
from snippets.embedding.miniature import h


def test_table_times_kernel():
    np.testing.assert_allclose(part.EW[:, 0], [0.01, 0.40, -0.58, 0.34], rtol=0, atol=1e-12)
    np.testing.assert_allclose(part.folded, h, rtol=0, atol=1e-12)


def test_dogs_see_dogs():
    values = part.values()
    assert not values["dE"][[0, 3]].any() and values["dE"][[1, 2]].all()
    dx = values["dx"][0]
    np.testing.assert_allclose(values["dE"][1], dx[0] + dx[2], rtol=0, atol=1e-15)


def test_parameters():
    values = part.values()
    small = keras.layers.Embedding(8, 3)
    small.build()
    assert values["small"] == small.count_params()
    lstm = keras.layers.LSTM(128)
    lstm.build((None, None, 64))
    assert values["lstm"] == lstm.count_params()
    assert values["share"] == 640_000 / (640_000 + lstm.count_params())


def test_claims_follow_the_values():
    assert part.claims({"same": True})["folds"][1] and not part.claims({"same": False})["folds"][1]
