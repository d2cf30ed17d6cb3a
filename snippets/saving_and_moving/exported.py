"""Saving and moving: what Keras's own export writes.

It is measured in to_onnx.py and to_tflite.py beside this file.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from snippets.saving_and_moving.model import answer, x


def as_litert(model):
    """Return the bytes of the .tflite that Keras writes of a model."""
    answer(model, x[:1])                           # it must have been called
    with TemporaryDirectory() as folder:
        path = Path(folder, "model.tflite")
        model.export(path, format="litert", verbose=False)
        return path.read_bytes()


def as_onnx(model):
    """Return what the .onnx that Keras writes answers, and its nodes."""
    import onnx
    import onnxruntime

    answer(model)
    with TemporaryDirectory() as folder:
        path = f"{folder}/model.onnx"
        model.export(path, format="onnx", verbose=False)
        nodes = onnx.load(path).graph.node
        session = onnxruntime.InferenceSession(path)
    [given] = session.get_inputs()                 # x (N, T, m), as in Keras
    y = session.run(None, {given.name: np.float32(x)})[0]
    return y, [node.op_type for node in nodes]


def values():
    """Return no values: pages quote those of to_onnx.py and to_tflite.py."""
    return {}


def main():
    """Print nothing."""
    values()


if __name__ == "__main__":
    main()
