"""Saving and moving: the model as an ONNX file, and what its runtime answers.

Run `python -m snippets.saving_and_moving.to_onnx` for the page's output.
ONNX and ONNX Runtime are no dependencies: measure() needs them.
Source: the operators GRU and Gemm in the documentation of ONNX.
"""

from importlib.util import find_spec

import keras
import numpy as np

from snippets.cheat_sheets import gru, lstm
from snippets.lstm import miniature
from snippets.recording.measured import NotHere, measured
from snippets.saving_and_moving.exported import as_onnx
from snippets.saving_and_moving.model import (
    W_y, U, W, answer, b, b_y, build, off, x)

NEEDED = "onnx", "onnxruntime", "tf2onnx"


# --8<-- [start:graph]
def graph(kind, arrays, W_y, b_y, **attributes):
    """Return an ONNX model: a recurrent layer, then a Dense, x (T, N, m)."""
    from onnx import TensorProto, checker, helper, numpy_helper

    names = ["W", "R", "B", "W_y", "b_y"]
    stored = [numpy_helper.from_array(np.float32(array), name)
              for name, array in zip(names, [*arrays, W_y, b_y])]
    axis = numpy_helper.from_array(np.array([0]), "axis")
    nodes = [
        helper.make_node(kind, ["x", "W", "R", "B"], ["", "Y_h"],
                         hidden_size=len(W_y), **attributes),
        helper.make_node("Squeeze", ["Y_h", "axis"], ["h"]),   # (N, u)
        helper.make_node("Gemm", ["h", "W_y", "b_y"], ["y"])]  # (N, 1)

    def floats(name, *shape):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    made = helper.make_model(helper.make_graph(
        nodes, "model", [floats("x", "T", "N", arrays[0].shape[2])],
        [floats("y", "N", 1)], [*stored, axis]),
        opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(made)
    return made.SerializeToString()                # write it as model.onnx
# --8<-- [end:graph]


# --8<-- [start:run]
def by_runtime(model, x):
    """Return what ONNX Runtime answers, (N, 1), for x (N, T, m)."""
    import onnxruntime

    session = onnxruntime.InferenceSession(model)
    return session.run(["y"], {"x": np.float32(x.swapaxes(0, 1))})[0]
# --8<-- [end:run]


def measure():
    """Return how far ONNX Runtime is from Keras, right and wrong."""
    if missing := [name for name in NEEDED if not find_spec(name)]:
        raise NotHere(f"not installed: {', '.join(missing)}")
    right, found = answer(build()), {}
    arrays = gru.to_onnx(W, U, b)
    for reset in (1, 0):
        model = graph("GRU", arrays, W_y, b_y, linear_before_reset=reset)
        found[f"reset_{reset}"] = off(by_runtime(model, x), right)
    good = graph("GRU", arrays, W_y, b_y, linear_before_reset=1)
    found |= {"bytes": len(good),                  # N and T exchanged:
              "answers_if_exchanged": len(by_runtime(good, x.swapaxes(0, 1)))}
    try:
        by_runtime(graph("GRU", arrays, W_y, b_y, layout=1), x)
    except Exception as error:                     # of ONNX Runtime's own
        found["layout"] = str(error).split("false. ")[1].split(". ")[0]
    W_m, U_m, b_m = miniature.W, miniature.U, miniature.b
    one, nothing = np.ones((1, 1)), np.zeros(1)    # a Dense that adds nothing
    kept = lstm.to_onnx(W_m, U_m, b_m)
    unchanged = W_m.T[None], U_m.T[None], np.append(b_m, 0 * b_m)[None]
    states = miniature.with_keras()[-1:, None]     # (1, 1)
    for name, arrays in (("lstm", kept), ("lstm_unchanged", unchanged)):
        model = graph("LSTM", arrays, one, nothing)
        found[name] = off(by_runtime(model, miniature.x[None]), states)
    keras.utils.set_random_seed(0)
    for name, layer in (("GRU", keras.layers.GRU), ("LSTM", keras.layers.LSTM)):
        model = keras.Sequential([keras.Input((None, 2)), layer(3)])
        y, nodes = as_onnx(model)
        found |= {f"export_{name}": off(y, answer(model)),
                  f"{name}_node": name in nodes,
                  f"{name}_loop": "Loop" in nodes}
    return found


def values():
    """Return the values that the page quotes, by name."""
    found = measured("saving_and_moving.to_onnx")
    return found | {"off_e7": 1e7 * float(found["reset_1"])}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"exported": (
        "one LSTM node of an LSTM, and a loop of small nodes of a GRU",
        v["LSTM_node"] and v["GRU_loop"] and not v["GRU_node"]),
        "close": ("within one millionth", max(
            v["reset_1"], v["lstm"], v["export_GRU"], v["export_LSTM"]) < 1e-6)}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# off")
    for name, text in (("reset_1", "GRU, linear_before_reset=1"),
                       ("reset_0", "GRU, linear_before_reset=0"),
                       ("lstm", "LSTM, i, o, f, c"),
                       ("lstm_unchanged", "LSTM, i, f, c, o")):
        print(f"{text:28}{v[name]:z.4f}")


if __name__ == "__main__":
    main()
