"""Keras's arrays in ONNX's order: against Keras, and ONNX's equations against its own runtime."""

import numpy as np
import pytest

from snippets.answers import onnx_order as answer


def test_the_right_order_gives_what_keras_gives():
    values = answer.values()
    assert max(values[name] for name in ("lstm", "gru", "old_gru")) < 1e-12
    assert min(values[name] for name in ("lstm_unchanged", "gru_before")) > 0.1


def test_the_shapes_that_onnx_asks_for():
    _, weights = answer.layer(answer.keras.layers.LSTM)
    assert [a.shape for a in answer.to_onnx(*weights)] == [(1, 16, 3), (1, 16, 4), (1, 32)]
    _, weights = answer.layer(answer.keras.layers.GRU, reset_after=False)
    assert [a.shape for a in answer.to_onnx(*weights)] == [(1, 12, 3), (1, 12, 4), (1, 24)]


def by_runtime(operator, X, W, R, B, **attributes):
    """The last state that ONNX Runtime computes, in float32."""
    onnx = pytest.importorskip("onnx", reason="ONNX is not installed: pip install onnx onnxruntime")
    runtime = pytest.importorskip("onnxruntime", reason="ONNX Runtime is not installed")
    from onnx import TensorProto, helper

    arrays = {name: np.asarray(a, "float32") for name, a in zip("XWRB", (X, W, R, B))}
    size = R.shape[-1]
    node = helper.make_node(operator, [*"XWRB"], ["Y", "Y_h"], hidden_size=size, **attributes)
    given = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, a.shape)
        for name, a in arrays.items()
    ]
    out = helper.make_tensor_value_info("Y_h", TensorProto.FLOAT, (1, X.shape[1], size))
    graph = helper.make_graph([node], "one_layer", given, [out])
    opset = helper.make_opsetid("", 14)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=8)
    onnx.checker.check_model(model)
    return runtime.InferenceSession(model.SerializeToString()).run(["Y_h"], arrays)[0]


@pytest.mark.parametrize("linear_before_reset", [0, 1])
def test_the_gru_of_the_answer_is_that_of_the_runtime(linear_before_reset):
    _, weights = answer.layer(answer.keras.layers.GRU)
    arrays = answer.x.transpose(1, 0, 2), *answer.to_onnx(*weights)
    found = by_runtime("GRU", *arrays, linear_before_reset=linear_before_reset)
    X, W, R, B = arrays
    expected = answer.onnx_gru(X, W, R, B, linear_before_reset)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)


def test_the_lstm_of_the_answer_is_that_of_the_runtime():
    _, weights = answer.layer(answer.keras.layers.LSTM)
    arrays = answer.x.transpose(1, 0, 2), *answer.to_onnx(*weights)
    np.testing.assert_allclose(
        by_runtime("LSTM", *arrays), answer.onnx_lstm(*arrays), rtol=0, atol=1e-6
    )
