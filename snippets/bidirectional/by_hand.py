"""Both ways, whole layers: any recurrent layer twice, in NumPy and in Keras.

Run `python -m snippets.bidirectional.by_hand` for the page's outputs.
Shapes: N samples, T steps, m inputs per step, u units each way.
"""

import keras
import numpy as np

from snippets.bidirectional import miniature
from snippets.layers.gru import gru
from snippets.layers.lstm import lstm
from snippets.layers.simple_rnn import simple_rnn


# --8<-- [start:by_hand]
def both_ways(x, weights, read=simple_rnn):
    """Return the states of both ways, (N, T, u) each, for x (N, T, m).

    weights are those of the forward layer, then those of the backward one;
    read(x, W, U, b) returns the states of one layer for what it is given.
    """
    half = len(weights) // 2
    there = read(x, *weights[:half])           # (N, T, u)
    back = read(x[:, ::-1], *weights[half:])   # (N, T, u), last step first
    return there, back[:, ::-1]                # row t belongs to x[:, t]


READ = {"SimpleRNN": simple_rnn,
        "LSTM": lambda *arrays: lstm(*arrays)[-1],       # h of i, f, ..., h
        "GRU": lambda *arrays: gru(*arrays)[-1]}
# --8<-- [end:by_hand]


# --8<-- [start:arrays]
def as_arrays(W, U, b):
    """Return the weights of one unit as Keras has them."""
    return [np.array([[W]]), np.array([[U]]), np.array([b])]


x = np.array(miniature.x, "float64").reshape(1, 3, 1)    # (N, T, m)
weights = as_arrays(*miniature.forward) + as_arrays(*miniature.backward)
# --8<-- [end:arrays]


# --8<-- [start:keras]
def by_keras(merge_mode="concat", **options):
    """Return what Keras's layer gives for the x of the miniature."""
    layer = keras.layers.Bidirectional(
        keras.layers.SimpleRNN(1, **options), merge_mode=merge_mode)
    layer.build(x.shape)
    layer.set_weights(weights)                 # forward, then backward
    return layer(x)
# --8<-- [end:keras]


# --8<-- [start:change]
def changed(x, weights, t):
    """Return which states, (T,) each way, change when the input t does."""
    other = x.copy()
    other[:, t] += 1
    pairs = zip(both_ways(x, weights), both_ways(other, weights))
    return [(one != two)[0].any(-1) for one, two in pairs]
# --8<-- [end:change]


def shapes():
    """Return the parameters of two layers both ways, and of a forward one."""
    layers = [keras.layers.Bidirectional(
        keras.layers.LSTM(u, return_sequences=True)) for u in (4, 2)]
    layers.append(keras.layers.LSTM(4))
    for layer, m in zip(layers, (3, 8, 3)):    # the second reads 2 * 4 numbers
        layer.build((None, None, m))
    return {"first": layers[0].count_params(),
            "second": layers[1].count_params(),
            "one": layers[2].count_params(),
            "second_kernel": layers[1].get_weights()[0].shape}


def values():
    """Return the values that the page quotes, by name."""
    ways = np.concatenate(both_ways(x, weights), axis=-1)
    sequences = np.array(by_keras(return_sequences=True))[0]
    output, *states = by_keras(return_state=True)
    last_there, last_back = changed(x, weights, t=2)
    return shapes() | {
        "same": np.allclose(sequences, ways[0], rtol=0, atol=1e-6),
        "keras": sequences, "last_row": sequences[-1],
        "output": np.array(output)[0], "states": np.ravel(states),
        "last_there": last_there, "last_back": last_back,
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "all_back": ("every state of the backward layer changes",
                     v["last_back"].all()),
        "one_there": ("Of the forward layer only the last",
                      v["last_there"].tolist() == [False, False, True]),
        "millionth": ("the same to one millionth", v["same"]),
    }


def main():
    """Print what Keras gives for the miniature."""
    v = values()
    print("# keras")
    for t, row in enumerate(v["keras"]):
        print(f"t = {t}  {row[0]:z7.4f} {row[1]:z7.4f}")
    print("the same as NumPy:", v["same"])
    print("# ends")
    print("last row of the sequence ", *(f"{h:z7.4f}" for h in v["last_row"]))
    print("without return_sequences ", *(f"{h:z7.4f}" for h in v["output"]))
    print("states                   ", *(f"{h:z7.4f}" for h in v["states"]))
    print("# change")
    for name in ("there", "back"):
        print(f"{name:6}", *("x" if a else "." for a in v[f"last_{name}"]))


if __name__ == "__main__":
    main()
