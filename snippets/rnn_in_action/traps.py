"""RNN in action: what goes wrong, with its number, and the exercises.

Run `python -m snippets.rnn_in_action.traps` for the page's outputs.
"""

import keras
import numpy as np

from snippets.reber.strings import one_hot
from snippets.rnn_in_action.baselines import cross_entropy
from snippets.rnn_in_action.generate import softmax
from snippets.rnn_in_action.model import make_pairs, make_strings
from snippets.rnn_in_action.seeds import predict
from snippets.rnn_in_action.trained import trained


# --8<-- [start:padded]
def averaged_over_padding(p, y):
    """Return the loss (): places with y = -1 weigh nothing, but count."""
    loss = keras.losses.SparseCategoricalCrossentropy()
    return np.array(loss(np.maximum(y, 0), p, sample_weight=y >= 0))
# --8<-- [end:padded]


# --8<-- [start:leak]
def sees_ahead(layer):
    """Say whether what the layer gives at step 1 changes with step 3."""
    before = np.array(layer(one_hot("BTXS")[None]))[0, 1]  # (u,)
    after = np.array(layer(one_hot("BTXX")[None]))[0, 1]   # (u,)
    return not np.array_equal(before, after)
# --8<-- [end:leak]


def values():
    """Return the values that the page quotes, by name."""
    x, y = make_pairs(make_strings()[1])
    p = predict(x, trained())
    logits = keras.losses.SparseCategoricalCrossentropy(
        from_logits=True, ignore_class=-1)
    rnn = keras.layers.SimpleRNN(12, return_sequences=True)
    q = softmax(np.array([2.0, 1.0, 0.0]))
    return {
        "right": cross_entropy(p, y),
        "padded": averaged_over_padding(p, y),
        "real": np.sum(y >= 0), "places": y.size,
        "twice": np.array(logits(y, p)),
        "sees_ahead": sees_ahead(rnn),
        "sees_ahead_both": sees_ahead(keras.layers.Bidirectional(rnn)),
        "wrong_temperature": softmax(q, 0.5),
        "power": q ** 2 / np.sum(q ** 2),
        "expected": 500 / 8,
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# leak")
    print("SimpleRNN:", v["sees_ahead"])
    print("Bidirectional:", v["sees_ahead_both"])


if __name__ == "__main__":
    main()
