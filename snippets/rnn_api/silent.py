"""The RNN API, traps: wrong calls to which Keras says nothing.

Run `python -m snippets.rnn_api.silent` for the output that the page shows.
"""

import keras
import numpy as np
from keras.layers import GRU, LSTM, Bidirectional

from snippets.rnn_api.arrays import batch


def loss_of_shapes():
    """Return the mse of targets (N, T, 1) for outputs (N, 1): both wide."""
    y = np.array([[[0.0], [1.0], [2.0]], [[3.0], [4.0], [5.0]]])
    output = np.array([[1.0], [3.0]])
    return np.array(keras.losses.MeanSquaredError()(y, output))  # float32


# --8<-- [start:arrays]
x = batch(["BTXSE", "BPVVE"])                        # (N, T, m) = (2, 5, 7)
rng = np.random.default_rng(0)
h, c = rng.normal(size=(2, 2, 4))                    # (N, u) = (2, 4) each


def same(first, second):
    """Say whether two arrays are equal but for the last bits of float32."""
    return np.allclose(first, second, rtol=0, atol=1e-6)
# --8<-- [end:arrays]


# --8<-- [start:silent]
def silent():
    """Return what each wrong call does instead of failing."""
    gru, both = GRU(4), Bidirectional(GRU(4))
    fixed = keras.Sequential([keras.Input((5, 7)), GRU(4)])
    lstm = LSTM(4)
    lstm(x)                                          # now built for m = 7
    wrapped = Bidirectional(lstm)
    wrapped(x)
    return {
        "GRU drops c": same(gru(x, initial_state=[h, c]),
                            gru(x, initial_state=[h])),
        "one start for all": same(gru(x, initial_state=[h[:1]])[1],
                                  gru(x[1:], initial_state=[h[:1]])[0]),
        "one array cut in two": same(both(x, initial_state=h),
                                     both(x, initial_state=[h[:1], h[1:]])),
        "time and samples exchanged":
            gru(x.transpose(1, 0, 2)).shape,         # not (2, 4)
        "3 steps for a model of 5": fixed(x[:, :3]).shape,
        "m = 3 on paper": lstm(keras.Input((None, 3))).shape,
        "wrapper has its own weights":
            not same(wrapped.forward_layer.get_weights()[0],
                     lstm.get_weights()[0]),
    }
# --8<-- [end:silent]


def values():
    """Return the values that the page quotes, by name."""
    found = {name.replace(" ", "_"): np.array(str(
                 tuple(result) if isinstance(result, tuple) else result))
             for name, result in silent().items()}
    return {**found, "mse": loss_of_shapes()}


def main():
    """Print the output that the page shows."""
    print("# table")
    for name, result in values().items():
        if name != "mse":
            print(f"{name.replace('_', ' '):29}{result}")


if __name__ == "__main__":
    main()
