"""LiteRT: what TensorFlow's converter and interpreter make of the model, where they are."""

import numpy as np
import pytest

from snippets.saving_and_moving import litert
from snippets.saving_and_moving import to_tflite as page
from snippets.saving_and_moving.exported import as_litert
from snippets.saving_and_moving.model import WEIGHTS, build, by_hand, x


@pytest.fixture(scope="module")
def lite():
    tensorflow = pytest.importorskip("tensorflow")
    if not hasattr(tensorflow, "lite"):
        pytest.skip("this TensorFlow has no tf.lite")
    return tensorflow.lite


def test_a_file_for_one_sample_answers_what_numpy_does(lite):
    content = litert.converted(build(batch=1))
    np.testing.assert_allclose(
        litert.by_interpreter(content, x), by_hand(x, *WEIGHTS), rtol=0, atol=1e-6
    )
    short = litert.by_interpreter(content, x[:, :2])  # the number of steps is open
    np.testing.assert_allclose(short, by_hand(x[:, :2], *WEIGHTS), rtol=0, atol=1e-6)


def test_an_open_number_of_samples_fails_in_the_words_of_the_page(lite):
    assert page.failure(litert.converted, build()) == page.values()["open"]


def test_what_keras_exports_fails_in_the_words_of_the_page(lite):
    content = as_litert(build(batch=1))
    assert page.failure(litert.by_interpreter, content, x) == page.values()["export"]


@pytest.mark.claim
def test_what_was_measured():
    v = page.measured("saving_and_moving.to_tflite")
    near = ("off", "litert", "export_unrolled", "gru_loop", "gru_unrolled", "lstm_loop")
    assert max(v[name] for name in (*near, "lstm_unrolled", "big_off")) < 1e-6
    assert 1e-6 < v["small_off"] < 0.01
    assert v["big_bytes"][1] < 0.5 * v["big_bytes"][0]
    assert v["gru_bytes"][0] < v["gru_bytes"][1]
    assert v["gru_while"] and v["lstm_while"] and not v["gru_fused"] and not v["lstm_fused"]
