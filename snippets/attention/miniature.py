"""Attention, a miniature: three states, one query, two units.

Run `python -m snippets.attention.miniature` for the outputs of the page.
Sources: Bahdanau, Cho and Bengio (2014); Luong, Pham and Manning (2015);
the Keras documentation of Attention and AdditiveAttention.
"""

import keras
import numpy as np

from snippets.layers.attention import additive_scores, dot_scores, look

# --8<-- [start:miniature]
h = np.array([[0.8, -0.2],               # (T, u): the encoder's states
              [0.1, 0.9],
              [-0.5, 0.4]])
d = np.array([[0.5, 1.0]])               # (T', u): the decoder's state
# --8<-- [end:miniature]

# --8<-- [start:weights]
W = np.array([[1.0, -1.0], [0.5, 2.0]])  # (u, u): makes queries of states
v = np.array([1.0, 2.0])                 # (u,): weighs the units
SCALE = 2.0
# --8<-- [end:weights]


# --8<-- [start:by_hand]
e = dot_scores(d, h)                     # (T', T)
alpha, c = look(e, h)                    # (T', T) and (T', u)
# --8<-- [end:by_hand]


# --8<-- [start:four]
KINDS = {                                # (T', T) each
    "dot": dot_scores(d, h),
    "scaled": dot_scores(d, h, SCALE),
    "general": dot_scores(d @ W, h),
    "additive": additive_scores(d, h, v),
}
# --8<-- [end:four]


# --8<-- [start:keras]
def by_keras(layer, query, weights=(), **options):
    """Return what a layer of Keras makes of one query and the states h.

    options go to the call: masks, or use_causal_mask=True.
    """
    layer.build([(1, *query.shape), (1, *h.shape)])
    layer.set_weights(weights)
    context, scores = layer(              # (N, T', u) and (N, T', T), N = 1
        [query[None], h[None]], return_attention_scores=True, **options)
    return np.array(scores)[0], np.array(context)[0]


def keras_four(dtype="float64"):
    """Return weights and context of the four kinds, by Keras's layers."""
    Attention = keras.layers.Attention
    Additive = keras.layers.AdditiveAttention
    scaled = Attention(use_scale=True, dtype=dtype)
    return {
        "dot": by_keras(Attention(dtype=dtype), d),
        "scaled": by_keras(scaled, d, [np.array(SCALE)]),
        "general": by_keras(Attention(dtype=dtype), d @ W),
        "additive": by_keras(Additive(dtype=dtype), d, [v]),
    }
# --8<-- [end:keras]


def values():
    """Return the values that the page quotes, by name."""
    theirs = keras_four()
    found, same = {}, True
    for name, scores in KINDS.items():
        weights, context = look(scores, h)
        found |= {f"e_{name}": scores[0], f"alpha_{name}": weights[0],
                  f"c_{name}": context[0]}
        same &= np.allclose(theirs[name][0], weights, rtol=0, atol=1e-12)
        same &= np.allclose(theirs[name][1], context, rtol=0, atol=1e-12)
    powers = np.exp(e[0])                                 # (T,)
    count = keras.layers.AdditiveAttention()
    count.build([(1, 1, 8), (1, 3, 8)])
    return found | {
        "e": e[0], "alpha": alpha[0], "c": c[0],
        "powers": powers, "sum": powers.sum(),
        "parts": alpha[0][:, None] * h,                   # (T, u)
        "q": (d @ W)[0], "tanh": np.tanh(d + h),          # (T, u)
        "same": bool(same), "additive_8": count.count_params(),
        "general_8": 8 * 8, "bahdanau_8": 2 * 8 * 8 + 8,
        "sharper": look(dot_scores(d, h, 10), h)[0][0], "pairs": 20 * 50,
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    found = values()
    print("# by_hand")
    print("t   score    weight   weight times state")
    for t, row in enumerate(zip(found["e"], found["alpha"], *found["parts"].T)):
        print(t, *(f"{number:z8.4f}" for number in row))
    print("context          ", *(f"{number:z8.4f}" for number in found["c"]))
    print("# four")
    print("          weights of h_0, h_1, h_2  context")
    for name in KINDS:
        numbers = [*found[f"alpha_{name}"], *found[f"c_{name}"]]
        print(f"{name:8}", *(f"{number:z7.4f}" for number in numbers))
    print("the same as Keras:", found["same"])


if __name__ == "__main__":
    main()
