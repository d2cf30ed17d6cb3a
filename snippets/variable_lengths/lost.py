"""Where masks get lost, and how one notices.

Run `python -m snippets.variable_lengths.lost` for the output of the page.
"""

import warnings

import keras
import numpy as np

from snippets.reber.strings import one_hot
from snippets.variable_lengths.padding import STRINGS, pad


def double(x):
    """Return twice x, of any shape."""
    return 2 * x


class Double(keras.layers.Layer):
    """A layer that says nothing about masks."""

    def call(self, x):
        return 2 * x


# --8<-- [start:keeps]
def keeps_mask(layer):
    """Return if a layer passes the mask on, and what it warns of."""
    x, _ = pad([one_hot(string) for string in STRINGS])  # (N, T, 7)
    x = keras.layers.Masking()(x)                        # now with a mask
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        y = layer(x)
    has_mask = getattr(y, "_keras_mask", None) is not None
    return has_mask, [str(warning.message) for warning in caught]
# --8<-- [end:keeps]


# --8<-- [start:alone]
def alone_or_together(between):
    """Return how far answers move when strings share a batch.

    between is what stands between the Masking and the SimpleRNN.
    """
    rnn = keras.layers.SimpleRNN(4)
    rnn.build((None, None, 7))
    rng = np.random.default_rng(0)
    rnn.set_weights([rng.normal(0, 0.6, w.shape) for w in rnn.get_weights()])
    masking = keras.layers.Masking()
    arrays = [one_hot(string) for string in STRINGS]     # (T_n, 7) each
    together = rnn(between(masking(pad(arrays)[0])))     # (N, u)
    alone = [rnn(between(masking(a[None])))[0] for a in arrays]
    return np.abs(np.array(together) - np.array(alone)).max()
# --8<-- [end:alone]


def layers_to_try():
    """Return {name as the page prints it: layer or function}."""
    layers = keras.layers
    return {
        "Dense": layers.Dense(7),
        "TimeDistributed(Dense)": layers.TimeDistributed(layers.Dense(7)),
        "Dropout": layers.Dropout(0.1),
        "LayerNormalization": layers.LayerNormalization(),
        "LSTM, return_sequences=True": layers.LSTM(2, return_sequences=True),
        "LSTM": layers.LSTM(2),
        "Lambda": layers.Lambda(double),
        "Lambda, mask=...": layers.Lambda(double, mask=lambda x, mask: mask),
        "Conv1D": layers.Conv1D(2, 2),
        "Reshape": layers.Reshape((10, 7)),
        "Double, our own": Double(),
        "2 * x": double,
    }


def values():
    """Return the values that the page quotes, by name."""
    kept, told = zip(*map(keeps_mask, layers_to_try().values()))
    return {
        "kept": np.array(kept), "tried": len(kept),
        "warned": np.array([len(messages) > 0 for messages in told]),
        "moved_rescaling": alone_or_together(keras.layers.Rescaling(2.0)),
        "moved_by_hand": alone_or_together(double),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# lost")
    print(f"{'':27}  kept  warns")
    for name, kept, warned in zip(layers_to_try(), v["kept"], v["warned"]):
        print(f"{name:27}  {'yes' if kept else 'no':4}  "
              f"{'yes' if warned else 'no'}")


if __name__ == "__main__":
    main()
