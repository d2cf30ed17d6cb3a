"""Answers: which shape an LSTM reads, and what m does to its weights.

Run `python -m snippets.answers.input_shape` for its output.
"""

# --8<-- [start:program]
import keras
import numpy as np

weather = np.arange(60.0).reshape(30, 2)  # 30 days, 2 numbers a day
x = weather.reshape(6, 5, 2)              # (N, T, m): 6 pieces of 5 days

layer = keras.layers.LSTM(4)
y = layer(x)                              # (N, u) = (6, 4)
kernel, recurrent, bias = layer.get_weights()
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "days": len(weather), "x": x.shape, "y": tuple(y.shape),
        "kernel": kernel.shape, "recurrent": recurrent.shape,
        "bias": bias.shape,
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    for name in ("x", "y", "kernel", "recurrent", "bias"):
        print(f"{name:10}{v[name]}")


if __name__ == "__main__":
    main()
