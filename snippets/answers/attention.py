"""Answers: attention over the states of an encoder.

Run `python -m snippets.answers.attention` for the output of the page.
"""

# --8<-- [start:program]
import keras
import numpy as np

states = np.array([[[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]])  # (N, T, u)
query = np.array([[[2.0, 0.0]]])                    # (N, 1, u): the decoder's

scores = query @ states.transpose(0, 2, 1)          # (N, 1, T)
weights = np.exp(scores) / np.exp(scores).sum(-1, keepdims=True)
context = weights @ states                          # (N, 1, u)

same, same_weights = keras.layers.Attention(dtype="float64")(
    [query, states], return_attention_scores=True)
# --8<-- [end:program]


def values():
    """Return the values that the page quotes, by name."""
    mask = np.array([[True, True, False]])          # the third is padding
    _, masked = keras.layers.Attention(dtype="float64")(
        [query, states], mask=[None, mask], return_attention_scores=True)
    return {
        "scores": scores.ravel(),
        "weights": weights.ravel(),
        "context": context.ravel(),
        "same": np.allclose(context, same, rtol=0, atol=1e-12)
        and np.allclose(weights, same_weights, rtol=0, atol=1e-12),
        "masked": np.array(masked).ravel(),
    }


def main():
    """Print the output that the page shows."""
    v = values()
    print("# output")
    for name in ("scores", "weights", "context"):
        print(f"{name:8}", *(f"{number:z.4f}" for number in v[name]))
    print("the same as Keras:", v["same"])


if __name__ == "__main__":
    main()
