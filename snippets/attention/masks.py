"""Attention with masks: what padding, and what comes later, must not give.

Run `python -m snippets.attention.masks` for the outputs of the page.
Sources: the Keras documentation of Attention.
"""

import keras
import numpy as np

from snippets.attention.miniature import by_keras, d, h
from snippets.layers.attention import dot_scores, look

# --8<-- [start:padded]
PADS = 3
seen = np.array([True] * 3 + [False] * PADS)           # (T,)
zeros = np.concatenate([h, np.zeros((PADS, 2))])       # (T, u): filled up
held = np.concatenate([h, np.repeat(h[-1:], PADS, axis=0)])
# --8<-- [end:padded]


# --8<-- [start:value_mask]
def padded(states, seen=True):
    """Return weights (T,) and context (u,) of the query over these states."""
    weights, context = look(dot_scores(d, states), states, seen)
    return weights[0], context[0]
# --8<-- [end:value_mask]


# --8<-- [start:query_mask]
def masked_layer(query_mask, value_mask):
    """Return Keras's weights and contexts of two queries over h, filled up."""
    layer = keras.layers.Attention(dtype="float64")
    query = np.concatenate([d, 2 * d])[None]           # (N, T', u) = (1, 2, 2)
    context, scores = layer(
        [query, zeros[None]], mask=[query_mask, value_mask],
        return_attention_scores=True)
    return np.array(scores)[0], np.array(context)[0]   # (T', T), (T', u)
# --8<-- [end:query_mask]


# --8<-- [start:causal]
def causal(T):
    """Return (T, T), true where row k may look at t: up to k, not later."""
    return np.tri(T, dtype=bool)
# --8<-- [end:causal]


def values():
    """Return the values that the page quotes, by name."""
    right, context = padded(zeros, seen)
    unmasked, unmasked_context = padded(zeros)
    repeated, repeated_context = padded(held)
    query_mask = np.array([[True, False]])
    scores, contexts = masked_layer(query_mask, seen[None])
    two = look(dot_scores(np.concatenate([d, 2 * d]), zeros), zeros, seen)
    triangle, _ = look(dot_scores(h, h), h, causal(3))
    theirs, _ = by_keras(keras.layers.Attention(dtype="float64"), h,
                         use_causal_mask=True)
    return {
        "right": right, "right_context": context,
        "unmasked": unmasked, "unmasked_context": unmasked_context,
        "unmasked_share": 100 * unmasked[3:].sum(),
        "held": repeated, "held_context": repeated_context,
        "held_share": 100 * repeated[2:].sum(),
        "query_masked": contexts[1], "query_masked_weights": scores[1],
        "same": bool(
            np.allclose(scores, two[0], rtol=0, atol=1e-12)
            and np.allclose(contexts, two[1] * query_mask.T, rtol=0,
                            atol=1e-12)),
        "triangle": triangle,
        "triangle_same": np.allclose(theirs, triangle, rtol=0, atol=1e-12),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {
        "zero": ("comes out as zeros", not v["query_masked"].any()),
        "still": ("its weights are computed all the same",
                  bool(v["query_masked_weights"].any())),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# padded")
    for name in ("right", "unmasked", "held"):
        numbers = [*v[name], *v[f"{name}_context"]]
        print(f"{name:9}", *(f"{number:z7.4f}" for number in numbers))
    print("# causal")
    for row in v["triangle"]:
        print(*(f"{number:z7.4f}" for number in row))
    print("the same as Keras:", v["triangle_same"])


if __name__ == "__main__":
    main()
