"""ConvLSTM: its arrays, how many numbers they hold, and what comes out.

Run `python -m snippets.convlstm.shapes` for the outputs of the page.
"""

import keras
import numpy as np

# --8<-- [start:ask]
film = np.zeros((2, 5, 8, 6, 1))               # (N, T, rows, cols, m)
k, u = 3, 40


def shape_of(film=film, **options):
    """Return the shape of what comes out, or of each array if several do."""
    out = keras.layers.ConvLSTM2D(u, k, **options)(film)
    one = not isinstance(out, (list, tuple))
    return tuple(out.shape) if one else [tuple(part.shape) for part in out]
# --8<-- [end:ask]


# --8<-- [start:count]
def conv_lstm_count(m, u, k):
    """Return how many numbers a ConvLSTM has: four blocks of filters."""
    return 4 * u * (k * k * (m + u) + 1)


def lstm_count(m, u):
    """Return the same of an LSTM, which looks at no neighbours."""
    return 4 * u * (m + u + 1)
# --8<-- [end:count]


CALLS: dict[str, dict] = {
    "": {},
    "same": {"padding": "same"},
    "strides": {"padding": "same", "strides": 2},
    "sequences": {"padding": "same", "return_sequences": True},
    "state": {"padding": "same", "return_state": True},
}
ROWS, COLS = 64, 64                            # the picture that is flattened


def values():
    """Return the values that the page quotes, by name."""
    layer = keras.layers.ConvLSTM2D(u, k, padding="same")
    layer.build(film.shape)
    first = np.moveaxis(film, -1, 2)           # (N, T, m, rows, cols)
    kernel, recurrent, bias = layer.get_weights()
    return {
        **{f"shape_{name}": shape_of(**options)
           for name, options in CALLS.items()},
        "first": first.shape,
        "shape_first": keras.layers.ConvLSTM2D(
            u, k, padding="same", data_format="channels_first",
        ).compute_output_shape(first.shape),
        "kernel": kernel.shape, "recurrent": recurrent.shape,
        "bias": bias.shape, "starts": bias.reshape(4, u)[:, 0],
        "count": conv_lstm_count(1, u, k), "by_keras": layer.count_params(),
        "like_lstm": conv_lstm_count(3, 4, 1), "lstm": lstm_count(3, 4),
        "places": ROWS * COLS,
        "flat": lstm_count(ROWS * COLS, ROWS * COLS),
        "flat_small": lstm_count(ROWS * COLS, u),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# shapes")
    print(f"{'film':43} {film.shape}")
    for name, options in CALLS.items():
        asked = ", ".join(f"{key}={value!r}" for key, value in options.items()
                          ) or "nothing more said"
        shapes = v[f"shape_{name}"]
        for shape in shapes if isinstance(shapes, list) else [shapes]:
            print(f"{asked:43} {shape}")
            asked = ""
    print("# weights")
    print("kernel          ", v["kernel"])
    print("recurrent kernel", v["recurrent"])
    print("bias            ", v["bias"])
    print("parameters      ", v["by_keras"])


if __name__ == "__main__":
    main()
