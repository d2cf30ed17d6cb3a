"""Inside an RNN layer: unroll=True, and what one can do wrong with cells.

Run `python -m snippets.inside_an_rnn_layer.unroll` for the page's outputs.
"""

import keras
import numpy as np

from snippets.inside_an_rnn_layer.cell import OwnCell, layer_of
from snippets.inside_an_rnn_layer.loss import x
from snippets.inside_an_rnn_layer.model import U, W, b
from snippets.lstm import miniature as part_d
from snippets.recording.measured import measured


# --8<-- [start:both]
def with_unroll(unroll):
    """Return the states (N, T, u) of a SimpleRNN, unrolled or not."""
    layer = keras.layers.SimpleRNN(3, return_sequences=True, unroll=unroll)
    layer.build(x.shape)
    layer.set_weights([W, U, b])
    return np.array(layer(x))
# --8<-- [end:both]


# --8<-- [start:calls]
class CountingCell(OwnCell):
    """Counts how often Python runs its step."""

    calls = 0

    def call(self, inputs, states):
        """Return what OwnCell returns, and count."""
        self.calls += 1
        return super().call(inputs, states)


def calls(T, unroll):
    """Return how often the step ran in a first and a second predict."""
    cell, found = CountingCell(3), []
    model = keras.Sequential([keras.Input((T, 7)),
                              layer_of(cell, unroll=unroll)])
    for _ in range(2):
        before = cell.calls
        model.predict(np.zeros((2, T, 7)), verbose=0)
        found.append(cell.calls - before)
    return found
# --8<-- [end:calls]


# --8<-- [start:wide_cell]
class WideCell(OwnCell):
    """Its output is 7 numbers wide, its state `units`."""

    def __init__(self, units, output_size=None):
        super().__init__(units)
        self.output_size = output_size

    def build(self, input_shape):
        """Make one weight more: from the state to the output."""
        super().build(input_shape)
        self.W_y = self.add_weight(shape=(self.state_size, 7), name="W_y")

    def call(self, inputs, states):
        """Return the output (N, 7) and the list of new states."""
        h, states = super().call(inputs, states)
        return h @ self.W_y, states                # not the same any more
# --8<-- [end:wide_cell]


# --8<-- [start:lstm_states]
def lstm_goes_on(order):
    """Return the last h of Part D's miniature, cut in two at step 1."""
    layer = keras.layers.LSTM(1, return_state=True)
    layer.build((None, None, 1))
    layer.set_weights([part_d.W, part_d.U, part_d.b])
    x = part_d.x[None]                             # (N, T, m) = (1, 3, 1)
    _, h, c = layer(x[:, :1])                      # (N, u) each
    state = {"h, c": [h, c], "c, h": [c, h]}[order]
    return np.array(layer(x[:, 1:], initial_state=state)[0])[0, 0]
# --8<-- [end:lstm_states]


def measure():
    """Return the calls of the step for T = 5 and 50: loop, then unrolled."""
    return {"calls": np.array([[calls(T, unroll) for T in (5, 50)]
                               for unroll in (False, True)])}


def values():
    """Return the values that the page quotes, by name."""
    loop, no_loop = with_unroll(False), with_unroll(True)
    told = {size: keras.layers.RNN(WideCell(3, size))(keras.Input((5, 7)))
            for size in (None, 7)}
    return {
        "same": np.allclose(loop, no_loop, rtol=0, atol=1e-6),
        "calls": measured("inside_an_rnn_layer.unroll")["calls"],
        "told_without": told[None].shape[-1],
        "told_with": told[7].shape[-1],
        "wide": keras.layers.RNN(WideCell(3))(x).shape[-1],
        "h_c": lstm_goes_on("h, c"),
        "c_h": lstm_goes_on("c, h"),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# same")
    print("loop and unrolled the same:", v["same"])
    print("# calls")
    for name, rows in zip(("loop", "unrolled"), v["calls"]):
        for T, (first, second) in zip((5, 50), rows):
            print(f"{name:9} T = {T:2}: {first:2} calls, then {second}")


if __name__ == "__main__":
    main()
