"""Both ways: what Keras does without a word, and what it refuses.

Run `python -m snippets.bidirectional.traps` for the outputs of the page.
"""

import re
import textwrap

import keras
import numpy as np

from snippets.bidirectional.by_hand import both_ways, weights, x

SimpleRNN, Bidirectional = keras.layers.SimpleRNN, keras.layers.Bidirectional


# --8<-- [start:own]
def own_backward(u, u_back):
    """Return layers made and built before, and Bidirectional of them."""
    forward = SimpleRNN(u, return_sequences=True)
    backward = SimpleRNN(u_back, return_sequences=True, go_backwards=True)
    forward.build((None, None, 1))
    backward.build((None, None, 1))
    both = Bidirectional(forward, backward_layer=backward)
    both.build((None, None, 1))
    return forward, backward, both
# --8<-- [end:own]


def kept():
    """Return whether each layer still has the weights it was given with."""
    forward, backward, both = own_backward(2, 2)
    W, _, _, W_back, _, _ = both.get_weights()
    return (np.array_equal(W, forward.get_weights()[0]),
            np.array_equal(W_back, backward.get_weights()[0]))


def sequences(**options):
    """Return a layer that gives all of its states."""
    return SimpleRNN(1, return_sequences=True, **options)


REFUSED = {
    "a second layer that reads forwards":
        lambda: Bidirectional(sequences(), backward_layer=sequences()),
    "one layer that reads backwards":
        lambda: Bidirectional(sequences(go_backwards=True)),
    "a second layer that returns less":
        lambda: Bidirectional(
            sequences(), backward_layer=SimpleRNN(1, go_backwards=True)),
}


def in_pieces(x, k):
    """Return the outputs (T, 2) of a stateful layer that reads k steps."""
    layer = Bidirectional(sequences(stateful=True))
    layer.build((1, None, 1))
    layer.set_weights(weights)
    pieces = [np.array(layer(x[:, t:t + k])) for t in range(0, x.shape[1], k)]
    return np.concatenate(pieces, axis=1)[0]


def message(refused):
    """Return what Keras says, without line breaks."""
    try:
        refused()
    except ValueError as error:
        return re.sub(r"\s+", " ", str(error))
    return "nothing"


def values():
    """Return the values that the page quotes, by name."""
    forward, backward = kept()
    _, _, both = own_backward(2, 3)
    pieces = in_pieces(x, 2)
    right = np.concatenate(both_ways(x, weights), axis=-1)[0]
    return {
        "forward_kept": forward, "backward_kept": backward,
        "width": both(x).shape[-1],
        "told": both.compute_output_shape(x.shape)[-1],
        "pieces": pieces,
        "same_there": np.allclose(pieces[:, 0], right[:, 0], atol=1e-6),
        "same_back": np.isclose(pieces[:, 1], right[:, 1], atol=1e-6),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "lost": ("the forward layer is made anew, with new weights, and the "
                 "backward one is used as it is",
                 v["backward_kept"] and not v["forward_kept"]),
        "wrong": ("all three outputs of the backward layer are wrong",
                  v["same_there"] and not v["same_back"].any()),
    }


def main():
    """Print what Keras refuses, and what it does in pieces."""
    v = values()
    print("# refused")
    for name, refused in REFUSED.items():
        said = re.split("[.,] ", message(refused))[0]
        print(f"{name}:", *textwrap.wrap(said, 60), sep="\n    ")
    print("# pieces")
    for t, row in enumerate(v["pieces"]):
        print(f"t = {t}  {row[0]:z7.4f} {row[1]:z7.4f}")


if __name__ == "__main__":
    main()
