"""ConvLSTM, if your numbers differ: the last state under each mistake.

Run `python -m snippets.convlstm.traps` for the list of the page.
Each number is h_1 at the middle place of snippets/convlstm/miniature.py.
"""

from snippets.convlstm.miniature import COL, ROW, U, W, b, keras_conv_lstm, x
from snippets.gru.traps import old_hard_sigmoid
from snippets.layers.conv_lstm import conv_lstm


# --8<-- [start:traps]
def last(W, U, b):
    """Return the state after both frames, in the middle."""
    return conv_lstm(x, W, U, b)[-1, -1, ROW, COL, 0]


flipped = last(W[::-1, ::-1], U[::-1, ::-1], b)      # upside down, and back
swap = [0, 1, 3, 2]                                  # i, f, o, c
wrong_order = last(W[..., swap], U[..., swap], b[swap])
turned = last(W.swapaxes(0, 1), U.swapaxes(0, 1), b)  # columns before rows
no_state = last(W, 0 * U, b)
# --8<-- [end:traps]


def by_keras(**options):
    """Return the same, as Keras's layer gives it with other arguments."""
    states = keras_conv_lstm(x, W, U, b, dtype="float64", **options)
    row, col = (ROW, COL) if options["padding"] == "same" else (0, 0)
    return states[-1, row, col, 0]


def values():
    """Return the values that the page quotes, by name."""
    return {
        "right": last(W, U, b), "flipped": flipped,
        "wrong_order": wrong_order, "turned": turned, "no_state": no_state,
        "valid": by_keras(padding="valid"),
        "hard_sigmoid": by_keras(padding="same",
                                 recurrent_activation="hard_sigmoid"),
        "old_hard_sigmoid": by_keras(padding="same",
                                     recurrent_activation=old_hard_sigmoid),
    }


def main():
    """Print the last state under each mistake."""
    for name, number in values().items():
        print(f"{name:18} {number:z7.4f}")


if __name__ == "__main__":
    main()
