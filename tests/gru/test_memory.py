"""How long the trained GRU remembers, read by Keras instead of by hand."""

import numpy as np

from snippets.gru import memory as gru_memory
from snippets.gru import trained as gru_trained


def test_keras_forgets_as_the_page_says():
    x, kept = gru_memory.one_mark()
    wrong = np.sum((gru_trained.predict(x) > 0.5) != kept, axis=(0, 2))
    np.testing.assert_allclose(wrong, gru_memory.values()["wrong"], rtol=0, atol=1)


def test_within_the_length_of_training_nothing_is_forgotten():
    wrong = gru_memory.values()["wrong"]
    assert not wrong[:8].any()
    assert 0 < wrong[20] < wrong[40] < gru_memory.values()["answers"] / 2


def test_only_the_first_step_is_marked():
    x, kept = gru_memory.one_mark()
    assert x[:, 0, 2].all() and not x[:, 1:, 2].any()
    assert (kept[:, 0] == (x[:, 0, :2] == 1)).all()


def test_a_claim_fails_where_an_answer_is_wrong():
    values = gru_memory.values()
    assert gru_memory.claims(values)["none_wrong"][1]
    wrong = values["wrong"].copy()
    wrong[7] = 1
    assert not gru_memory.claims({**values, "wrong": wrong})["none_wrong"][1]
