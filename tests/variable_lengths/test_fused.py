"""The fused kernel: what can be tried without a GPU."""

import inspect
import re
from pathlib import Path

import keras
import numpy as np
import pytest

from snippets.recording.measured import NotHere
from snippets.variable_lengths import fused


def test_both_layers_have_the_same_weights_and_only_one_may_use_the_kernel():
    for name in fused.LAYERS:
        layers = fused.pair(name)
        assert [layer.use_cudnn for layer in layers] == ["auto", False]
        assert all(map(np.array_equal, *(layer.get_weights() for layer in layers)))


def test_a_comparison_gives_the_difference_and_two_times(monkeypatch):
    monkeypatch.setattr(fused, "REPEATS", 1)
    for name in fused.LAYERS:
        off, fast, slow = fused.compare(name, 3)
        assert off < 1e-6 and fast > 0 and slow > 0


@pytest.mark.skipif("CPU" not in keras.ops.zeros(1).device, reason="there is a GPU")
def test_nothing_is_measured_without_a_gpu():
    with pytest.raises(NotHere, match="needs a GPU"):
        fused.measure()


def test_once_measured_the_page_may_no_longer_say_that_it_was_not(monkeypatch, capsys):
    rows = [[2e-7, 0.001, 0.01], [3e-7, 0.002, 0.1], [4e-7, 0.01, 1.0]]
    given = {name: np.array(rows) for name in fused.LAYERS} | {"device": np.array("torch, cuda:0")}
    monkeypatch.setattr(fused, "measured", lambda name: given)
    values = inspect.unwrap(fused.values)()
    assert values["GRU_quicker"].tolist() == [10, 50, 100]
    assert not fused.claims(values)["not_yet"][1]
    monkeypatch.setattr(fused, "values", lambda: values)
    fused.main()
    printed = capsys.readouterr().out
    assert "LSTM 1000 steps: off by 4e-07, 100.0 times as quick" in printed
    assert printed.startswith("torch, cuda:0\n")


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_any_mask_leads_back_to_the_loop_by_keras_own_source(backend):
    path = Path(keras.__file__).parent / "src/backend" / backend / "rnn.py"
    functions = re.split(r"^def ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for name in ("lstm", "gru"):
        [source] = [source for source in functions if source.startswith(f"{name}(")]
        assert re.search(r"mask is not None:\n +raise NotImplementedError", source)
