"""Saving and moving: how far LiteRT is from Keras, and what fails.

Run `python -m snippets.saving_and_moving.to_tflite` for the page's output.
TensorFlow's tf.lite and LiteRT are no dependencies: measure() needs them.
"""

import contextlib
import io
import re
import textwrap
from importlib.util import find_spec

import keras

from snippets.recording.measured import NotHere, measured
from snippets.saving_and_moving.exported import as_litert
from snippets.saving_and_moving.litert import by_interpreter, converted
from snippets.saving_and_moving.model import answer, build, off, x


def operations(content):
    """Return the names of a model's operations."""
    import tensorflow as tf

    interpreter = tf.lite.Interpreter(model_content=content)
    return {one["op_name"] for one in interpreter._get_ops_details()}


def layer(kind, steps=4, units=3, **options):
    """Return a model of new weights: a layer for N = 1, and a Dense."""
    keras.utils.set_random_seed(0)
    return keras.Sequential([
        keras.Input((steps, 2), batch_size=options.pop("batch", 1)),
        kind(units, **options), keras.layers.Dense(1)])


def failure(function, *arguments):
    """Return the sentence of an error that says what is wrong."""
    try:
        function(*arguments)
    except Exception as error:                     # of several libraries
        found = re.search(r"'tf\.\w+' op requires [^|\n]*|Select [^.]*\.",
                          str(error))
        return found[0] if found else str(error)[:200]
    return "no error"


def measured_here():
    """Return what measure() does, with the chatter of the converter."""
    import tensorflow as tf
    from ai_edge_litert.interpreter import Interpreter

    kinds = {"gru": keras.layers.GRU, "lstm": keras.layers.LSTM}
    model = build(batch=1)
    content = converted(model)
    found = {"off": off(by_interpreter(content, x), answer(build())),
             "bytes": len(content),
             "open": failure(converted, build()),
             "export": failure(lambda: by_interpreter(as_litert(model), x)),
             "export_unrolled": off(
                 by_interpreter(as_litert(flat := layer(
                     keras.layers.GRU, unroll=True)), x[:1]),
                 answer(flat, x[:1])),
             "litert": off(by_interpreter(content, x, Interpreter),
                           answer(build()))}
    for name, kind in kinds.items():
        loop = converted(layer(kind))
        flat = converted(layer(kind, batch=None, unroll=True))
        right = answer(layer(kind), x)
        found |= {f"{name}_loop": off(by_interpreter(loop, x), right),
                  f"{name}_unrolled": off(by_interpreter(flat, x), right),
                  f"{name}_bytes": [len(loop), len(flat)],
                  f"{name}_while": "WHILE" in operations(loop),
                  f"{name}_fused": any("SEQUENCE" in one
                                       for one in operations(loop))}
    big = layer(keras.layers.GRU, units=64)
    small = converted(big, optimizations=[tf.lite.Optimize.DEFAULT])
    return found | {
        "big_off": off(by_interpreter(converted(big), x), answer(big, x)),
        "small_off": off(by_interpreter(small, x), answer(big, x)),
        "big_bytes": [len(converted(big)), len(small)]}


def measure():
    """Return how far LiteRT's interpreter is from Keras, and what fails."""
    if not find_spec("ai_edge_litert"):
        raise NotHere("LiteRT, ai-edge-litert, is not installed")
    with contextlib.redirect_stdout(io.StringIO()):
        return measured_here()


def values():
    """Return the values that the page quotes, by name."""
    found = measured("saving_and_moving.to_tflite")
    return found | {"off_e7": 1e7 * float(found["off"])}


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    near = [v[name] for name in v if name.endswith(("_loop", "_unrolled"))]
    return {"close": ("within one millionth",
                      max(v["off"], v["litert"], *near) < 1e-6),
            "loop": ("a loop of its own", v["gru_while"] and v["lstm_while"]
                     and not v["gru_fused"] and not v["lstm_fused"])}


def main():
    """Print the output that the page shows."""
    v = values()
    print("# errors")
    for name in ("open", "export"):
        print(textwrap.fill(str(v[name]), 72, subsequent_indent="    "))


if __name__ == "__main__":
    main()
