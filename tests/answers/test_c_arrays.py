"""The program in C, compiled and held against Keras."""

import ctypes
import shutil
import subprocess
from pathlib import Path

import keras
import numpy as np
import pytest

from snippets.answers import c_arrays as answer

PROGRAM = Path(answer.__file__).with_name("simple_rnn.c")


def compiled(folder, layer, text=None):
    """The function step() of the program with the weights of a layer."""
    compiler = shutil.which("cc") or pytest.skip("there is no C compiler")
    (folder / "weights.h").write_text(answer.header(layer), encoding="utf-8")
    source = folder / "simple_rnn.c"
    source.write_text(text or PROGRAM.read_text(encoding="utf-8"), encoding="utf-8")
    library = folder / "step.so"
    command = [compiler, "-shared", "-fPIC", "-Wall", "-Werror", "-o", library, source, "-lm"]
    subprocess.run(command, check=True)
    return ctypes.CDLL(str(library)).step


def states(step, x, units):
    """All states (T, u) that the compiled step gives for one sequence (T, m)."""
    h, found = np.zeros(units, "float32"), []
    for row in np.asarray(x, "float32"):
        step(row.ctypes.data_as(ctypes.c_void_p), h.ctypes.data_as(ctypes.c_void_p))
        found.append(h.copy())
    return np.array(found)


def layer_of(units, inputs):
    layer = keras.layers.SimpleRNN(units, return_sequences=True)
    layer.build((None, None, inputs))
    rng = np.random.default_rng(0)
    layer.set_weights([rng.normal(size=w.shape) for w in layer.get_weights()])
    return layer


def test_c_gives_what_keras_gives(tmp_path):
    layer = layer_of(4, 3)
    x = np.random.default_rng(1).normal(size=(1, 6, 3))
    found = states(compiled(tmp_path, layer), x[0], 4)
    np.testing.assert_allclose(found, np.array(layer(x))[0], rtol=0, atol=1e-6)


def test_a_state_that_is_overwritten_too_early_gives_other_numbers(tmp_path):
    text = PROGRAM.read_text(encoding="utf-8")
    hasty = text.replace("tanhf(z[k]);\n}", "h[k];\n}").replace(
        "    }\n    for", "        h[k] = tanhf(z[k]);\n    }\n    for"
    )
    assert hasty != text
    layer = layer_of(4, 3)
    x = np.random.default_rng(1).normal(size=(1, 6, 3))
    found = states(compiled(tmp_path, layer, hasty), x[0], 4)
    right = np.array(layer(x))[0]
    np.testing.assert_allclose(found[0, 0], right[0, 0], rtol=0, atol=1e-6)  # unit 0 hides it
    assert np.abs(found[0, 1:] - right[0, 1:]).min() > 0.01


def test_all_digits_of_float32_are_written():
    numbers = np.random.default_rng(2).normal(size=100).astype("float32")
    written = answer.as_c("W", numbers).split("{")[1].split("}")[0]
    assert np.array(written.split(","), "float32").tolist() == numbers.tolist()


def test_the_sizes_by_the_formulas():
    values = answer.values()
    assert values["sizes"] == [1 * 2, 2 * 2, 2]
    assert values["numbers"] == sum(values["sizes"])
