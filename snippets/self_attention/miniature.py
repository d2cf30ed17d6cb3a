"""Self-attention, a miniature: three steps of two numbers, three kernels.

Run `python -m snippets.self_attention.miniature` for the outputs of the page.
Source: A. Vaswani et al., Attention Is All You Need (2017).
"""

import keras
import numpy as np

from snippets.attention.masks import causal
from snippets.layers.attention import dot_scores, look

# --8<-- [start:miniature]
x = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])  # (T, d) = (3, 2)

W_q = np.array([[1.0, 0.5], [-0.5, 1.0]])           # (d, d): what is asked
W_k = np.array([[0.5, 1.0], [1.0, -1.0]])           # (d, d): what is offered
W_v = np.array([[1.0, 0.0], [0.5, -1.0]])           # (d, d): what is given
# --8<-- [end:miniature]


# --8<-- [start:by_hand]
def self_attention(x, W_q, W_k, W_v, seen=True):
    """Return weights (..., T, T) and outputs (..., T, d) for x (..., T, m).

    seen (T, T) is true where a step (row) may look at another (column).
    """
    q, k, v = x @ W_q, x @ W_k, x @ W_v             # (..., T, d) each
    e = dot_scores(q, k, 1 / np.sqrt(q.shape[-1]))  # (..., T, T)
    return look(e, v, seen)
# --8<-- [end:by_hand]


# --8<-- [start:cache]
def next_step(x_t, keys, values):
    """Return the output (d,) of a new step x_t (m,), and the grown cache.

    keys and values (t, d) are those of all steps before; each gets a row.
    """
    keys = np.vstack([keys, x_t @ W_k])             # (t + 1, d)
    values = np.vstack([values, x_t @ W_v])         # (t + 1, d)
    e = dot_scores((x_t @ W_q)[None], keys, 1 / np.sqrt(keys.shape[1]))
    _, y = look(e, values)                          # (1, d)
    return y[0], keys, values
# --8<-- [end:cache]


def by_keras(**options):
    """Return weights and outputs of Keras's Attention for the three arrays."""
    layer = keras.layers.Attention(use_scale=True, dtype="float64")
    arrays = [(x @ W)[None] for W in (W_q, W_v, W_k)]
    layer.build([array.shape for array in arrays])
    layer.set_weights([np.array(1 / np.sqrt(2))])
    y, alpha = layer(arrays, return_attention_scores=True, **options)
    return np.array(alpha)[0], np.array(y)[0]


def values():
    """Return the values that the page quotes, by name."""
    q, k, v = x @ W_q, x @ W_k, x @ W_v             # (T, d) each
    alpha, y = self_attention(x, W_q, W_k, W_v)
    alpha_causal, y_causal = self_attention(x, W_q, W_k, W_v, causal(3))
    keys, kept, written = np.zeros((0, 2)), np.zeros((0, 2)), []
    for x_t in x:
        y_t, keys, kept = next_step(x_t, keys, kept)
        written.append(y_t)
    pairs = zip(by_keras() + by_keras(use_causal_mask=True),
                (alpha, y, alpha_causal, y_causal))
    return {
        "q": q, "k": k, "v": v, "products": q @ k.T,
        "e": q @ k.T / np.sqrt(2), "alpha": alpha, "y": y,
        "alpha_causal": alpha_causal, "y_causal": y_causal,
        "same": all(np.allclose(theirs, ours, rtol=0, atol=1e-12)
                    for theirs, ours in pairs),
        "cache_same": np.allclose(written, y_causal, rtol=0, atol=1e-12),
    }


def main():
    """Print the outputs that the page shows, each below its name."""
    found = values()
    for name in ("", "_causal"):
        print(f"# weights{name}")
        print("t   weights of s = 0, 1, 2       output")
        rows = zip(found[f"alpha{name}"], found[f"y{name}"])
        for t, (alpha, y) in enumerate(rows):
            print(t, " ", *(f"{number:z.4f}" for number in alpha), "  ",
                  *(f"{number:z7.4f}" for number in y))
    print("the same as Keras:", found["same"])
    print("with a cache:", found["cache_same"])


if __name__ == "__main__":
    main()
