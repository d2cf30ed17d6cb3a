"""The model as an ONNX graph: its arrays by ONNX's equations, and the graph in its runtime."""

import numpy as np
import pytest

from snippets.saving_and_moving import to_onnx as page
from snippets.saving_and_moving.model import WEIGHTS, W_y, b_y, by_hand, x
from tests import onnx as equations


def by_equations(linear_before_reset):
    [W], [R], [B] = page.gru.to_onnx(page.W, page.U, page.b)
    h = equations.states("GRU", x.swapaxes(0, 1), W, R, B, linear_before_reset)[-1]
    return h @ W_y + b_y


def test_the_equations_of_onnx_answer_what_keras_does():
    np.testing.assert_allclose(by_equations(True), by_hand(x, *WEIGHTS), rtol=0, atol=1e-12)


@pytest.fixture
def runtime():
    pytest.importorskip("onnx", reason="ONNX is not installed: pip install onnx onnxruntime")
    return pytest.importorskip("onnxruntime", reason="ONNX Runtime is not installed")


@pytest.mark.parametrize("reset", [0, 1])
def test_the_graph_answers_what_the_equations_say(runtime, reset):
    arrays = page.gru.to_onnx(page.W, page.U, page.b)
    model = page.graph("GRU", arrays, W_y, b_y, linear_before_reset=reset)
    np.testing.assert_allclose(page.by_runtime(model, x), by_equations(reset), rtol=0, atol=1e-6)


def test_what_measure_gives_here_is_what_the_page_says(runtime):
    pytest.importorskip("tf2onnx", reason="the converter tf2onnx is not installed")
    now, then = page.measure(), page.measured("saving_and_moving.to_onnx")
    assert max(now[name] for name in ("reset_1", "lstm", "export_GRU", "export_LSTM")) < 1e-6
    for name in ("reset_0", "lstm_unchanged", "answers_if_exchanged"):
        assert now[name] == pytest.approx(then[name], abs=1e-6)
    assert now["layout"] == then["layout"]


@pytest.mark.claim
def test_what_was_measured():
    v = page.measured("saving_and_moving.to_onnx")
    assert max(v["reset_1"], v["lstm"]) < 1e-6
    off = np.abs(by_equations(False) - by_hand(x, *WEIGHTS)).max()
    assert v["reset_0"] == pytest.approx(off, abs=1e-6)
    assert v["lstm_unchanged"] > 0.1
    assert v["LSTM_node"] and v["GRU_loop"] and not v["GRU_node"]
