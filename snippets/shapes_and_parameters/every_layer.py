"""Reference, shapes and parameters: every layer, asked of Keras.

Run `python -m snippets.shapes_and_parameters.every_layer` for its outputs.
"""

# --8<-- [start:build]
import keras
from keras import layers

inputs = keras.Input((5, 3))
x = layers.LSTM(4, return_sequences=True)(inputs)
model = keras.Model(inputs, x)
# --8<-- [end:build]

# --8<-- [start:ask]
N, T, m, u = 2, 5, 3, 4

LAYERS = {
    "dense": layers.TimeDistributed(layers.Dense(u, name="dense")),
    "simple_rnn": layers.SimpleRNN(u),
    "lstm": layers.LSTM(u),
    "gru": layers.GRU(u),
    "gru_before": layers.GRU(u, reset_after=False),
    "conv_lstm": layers.ConvLSTM2D(u, 3),
    "lstm_both": layers.Bidirectional(layers.LSTM(u, name="lstm")),
}


def ask(layer):
    """Return the shapes of a layer's weights, their names and their count."""
    if not layer.built:
        film = isinstance(layer, layers.ConvLSTM2D)
        layer.build((N, T, 8, 8, m) if film else (N, T, m))
    shapes = {weight.path.split("/", 1)[1]: tuple(weight.shape)
              for weight in layer.weights}
    return shapes, layer.count_params()
# --8<-- [end:ask]


def values():
    """Return the values that the page quotes, by name."""
    shapes, count = ask(LAYERS["lstm"])
    kernel, recurrent, bias = shapes.values()
    stack = keras.Sequential([
        keras.Input((T, m)),
        layers.GRU(u, return_sequences=True),
        layers.GRU(2),
    ])
    return {
        **{name: ask(layer)[1] for name, layer in LAYERS.items()},
        "output": model.compute_output_shape((N, T, m)),
        "kernel": kernel, "recurrent": recurrent, "bias": bias,
        "block": count // 4,
        "both_output": LAYERS["lstm_both"].compute_output_shape((N, T, m)),
        "stack": [layer.count_params() for layer in stack.layers],
        "stack_sum": stack.count_params(),
    }


def main():
    """Print the outputs that the page shows."""
    print("# weights")
    for name, layer in LAYERS.items():
        shapes, count = ask(layer)
        print(f"{name}: {count} parameters")
        for path, shape in shapes.items():
            print(f"  {path:41} {shape}")


if __name__ == "__main__":
    main()
