"""Saving and moving: the model for LiteRT, which was TensorFlow Lite.

What these functions give is measured in to_tflite.py beside this file.
"""

import numpy as np

# --8<-- [start:convert]
def converted(model, **options):
    """Return the bytes of a .tflite file."""
    import tensorflow as tf

    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    for name, value in options.items():
        setattr(converter, name, value)
    return converter.convert()


def by_interpreter(content, x, Interpreter=None):
    """Return the answers of a .tflite for x (N, T, m), one at a time."""
    import tensorflow as tf

    Interpreter = Interpreter or tf.lite.Interpreter
    interpreter = Interpreter(model_content=content)
    (given,), (y,) = (interpreter.get_input_details(),
                      interpreter.get_output_details())
    interpreter.resize_tensor_input(given["index"], (1, *x.shape[1:]))
    interpreter.allocate_tensors()
    answers = []
    for row in np.float32(x):                      # (T, m)
        interpreter.set_tensor(given["index"], row[None])
        interpreter.invoke()
        answers.append(interpreter.get_tensor(y["index"])[0])
    return np.array(answers)                       # (N, 1)
# --8<-- [end:convert]


def values():
    """Return no values: the page quotes those of to_tflite.py."""
    return {}


def main():
    """Print nothing."""
    values()


if __name__ == "__main__":
    main()
