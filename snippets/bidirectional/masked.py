"""Both ways and padding: what a mask does, and what happens without one.

Run `python -m snippets.bidirectional.masked` for the page's output.
"""

import keras
import numpy as np

from snippets.bidirectional.by_hand import both_ways, weights, x
from snippets.variable_lengths.step import run_masked, simple_rnn_cell

# --8<-- [start:padded]
padding = np.zeros((1, 2, 1))                        # two steps of zeros
after = np.concatenate([x, padding], axis=1)         # (N, T, m) = (1, 5, 1)
before = np.concatenate([padding, x], axis=1)
# --8<-- [end:padded]


# --8<-- [start:by_hand]
def both_ways_masked(x, mask, weights):
    """Return the outputs of both ways, (N, T, u) each, and the states.

    Where mask (N, T) is false a state is kept, and the output is zero.
    """
    start = [np.zeros((len(x), len(weights[1])))]    # h (N, u)
    there, states = run_masked(simple_rnn_cell, x, mask, start,
                               *weights[:3], zero_output=True)
    back, others = run_masked(simple_rnn_cell, x[:, ::-1], mask[:, ::-1],
                              start, *weights[3:], zero_output=True)
    return there, back[:, ::-1], states + others
# --8<-- [end:by_hand]


def by_keras(x, mask):
    """Return outputs (T, 2) and states (2,) of Keras's layer."""
    layer = keras.layers.Bidirectional(keras.layers.SimpleRNN(
        1, return_sequences=True, return_state=True))
    layer.build(x.shape)
    layer.set_weights(weights)
    outputs, *states = layer(x, mask=mask)
    return np.array(outputs)[0], np.ravel(states)


def values():
    """Return the values that the page quotes, by name."""
    v, same = {}, True
    for name, padded in (("after", after), ("before", before)):
        mask = np.zeros((1, 5), bool)
        mask[:, slice(0, 3) if name == "after" else slice(2, 5)] = True
        *ways, states = both_ways_masked(padded, mask, weights)
        outputs, by_theirs = by_keras(padded, mask)
        v[f"masked_{name}"] = np.concatenate(ways, axis=-1)[0]
        v[f"states_{name}"] = np.ravel(states)
        v[f"plain_{name}"] = np.concatenate(
            both_ways(padded, weights), axis=-1)[0]
        for mine, theirs in ((v[f"masked_{name}"], outputs),
                             (v[f"states_{name}"], by_theirs)):
            same &= np.allclose(mine, theirs, rtol=0, atol=1e-6)
    return v | {"same": same}


def main():
    """Print the outputs of five steps, two of them padding."""
    v = values()
    print("# padded")
    for name in ("after", "before"):
        print(f"padding {name:7}    with a mask         without")
        for t in range(5):
            rows = v[f"masked_{name}"][t], v[f"plain_{name}"][t]
            print(f"t = {t}         ", "  ".join(
                " ".join(f"{h:z8.4f}" for h in row) for row in rows))
    print("Keras and NumPy the same:", v["same"])


if __name__ == "__main__":
    main()
