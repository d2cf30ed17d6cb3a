"""The program in C, compiled and held against Keras."""

import shutil
import subprocess

import keras
import numpy as np
import pytest

from snippets.saving_and_moving import to_c as page
from snippets.saving_and_moving.model import W_y, b_y

PROGRAM = page.PROGRAM.read_text(encoding="utf-8")
pytestmark = pytest.mark.skipif(not shutil.which("cc"), reason="there is no C compiler")


def test_c_gives_what_keras_gives():
    right = page.answer(page.build())
    np.testing.assert_allclose(page.by_c(page.x, page.WEIGHTS, PROGRAM), right, rtol=0, atol=1e-6)


def test_with_other_sizes_and_weights_of_many_digits():
    rng = np.random.default_rng(3)
    x = rng.normal(size=(3, 7, 4)).astype("float32")
    gru, dense = keras.layers.GRU(5), keras.layers.Dense(1)
    dense(gru(x))
    for layer in (gru, dense):
        layer.set_weights([rng.normal(0, 0.6, w.shape) for w in layer.get_weights()])
    weights = gru.get_weights() + dense.get_weights()
    np.testing.assert_allclose(
        page.by_c(x, weights, PROGRAM), np.array(dense(gru(x))), rtol=0, atol=1e-6
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("z * h[k] + (1.0f - z)", "(1.0f - z) * h[k] + z"),
        ("q[k] = b[BLOCKS + k]", "q[k] = b[k]"),
        ("+ r * q[2", "+ (r > 0) * q[2"),
        ("W[j * BLOCKS + k]", "W[k * INPUTS + j]"),
        ("b[BLOCKS + k];          /* second row */", "0.0f;"),
    ],
)
def test_a_fault_in_the_program_is_seen(old, new):
    assert PROGRAM.count(old) == 1
    wrong = page.by_c(page.x, page.WEIGHTS, PROGRAM.replace(old, new))
    assert page.off(wrong, page.answer(page.build())) > 0.01


def test_it_is_strict_c99_without_a_warning(tmp_path):
    (tmp_path / "weights.h").write_text(page.header(*page.WEIGHTS), encoding="utf-8")
    (tmp_path / "gru.c").write_text(PROGRAM, encoding="utf-8")
    command = ["cc", "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-c", "gru.c"]
    subprocess.run(command, cwd=tmp_path, check=True)


def test_what_the_page_says_of_its_size():
    values = page.values()
    assert values["lines"] == len(PROGRAM.splitlines()) <= 40
    assert values["bytes"] == 4 * (18 + 27 + 18 + W_y.size + b_y.size)


@pytest.mark.claim
def test_what_was_measured():
    v = page.measured("saving_and_moving.to_c")
    assert v["off"] < 1e-6 and v["unreset_first"] < 1e-6
    assert v["transposed"] > 0.01 and v["unreset"] > 0.01
