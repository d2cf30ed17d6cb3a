"""Self-attention: Keras's MultiHeadAttention by hand, and what it costs.

Run `python -m snippets.self_attention.heads` for the outputs of the page.
Source: the Keras documentation of MultiHeadAttention.
"""

import keras
import numpy as np

from snippets.layers.attention import dot_scores, look

T, D, HEADS, KEY_DIM = 3, 8, 2, 4
LENGTHS, WIDTH = [16, 128, 1024], 64


# --8<-- [start:by_hand]
def multi_head(x, weights, seen=True):
    """Return the outputs (N, T, d) of MultiHeadAttention for x (N, T, d).

    weights are get_weights(): a kernel (d, heads, key_dim) and a bias each
    for q, k and v, then the output's kernel (heads, key_dim, d) and bias.
    """
    W_q, b_q, W_k, b_k, W_v, b_v, W_o, b_o = weights
    y = b_o                                         # (d,)
    for head in range(W_q.shape[1]):
        q = x @ W_q[:, head] + b_q[head]            # (N, T, key_dim)
        k = x @ W_k[:, head] + b_k[head]            # (N, T, key_dim)
        v = x @ W_v[:, head] + b_v[head]            # (N, T, key_dim)
        e = dot_scores(q, k, 1 / np.sqrt(q.shape[-1]))
        _, c = look(e, v, seen)                     # (N, T, key_dim)
        y = y + c @ W_o[head]                       # (N, T, d)
    return y
# --8<-- [end:by_hand]


# --8<-- [start:keras]
def layer_with_weights(dtype="float64"):
    """Return a layer of Keras, its weights and biases drawn at random."""
    layer = keras.layers.MultiHeadAttention(HEADS, KEY_DIM, dtype=dtype)
    layer.build((None, T, D), (None, T, D))         # query and value
    rng = np.random.default_rng(0)
    layer.set_weights([rng.normal(size=array.shape) / 2
                       for array in layer.get_weights()])
    return layer
# --8<-- [end:keras]


def parameters(d, heads, key_dim):
    """Return the number of parameters of a layer of Keras."""
    layer = keras.layers.MultiHeadAttention(heads, key_dim)
    layer.build((None, None, d), (None, None, d))
    return layer.count_params()


# --8<-- [start:cost]
def products(T, d):
    """Return how many products of two numbers a sequence takes.

    One head as wide as d, beside a SimpleRNN with d inputs and d units.
    """
    kernels = 4 * T * d**2                          # q, k, v and the output
    looking = 2 * T**2 * d                          # scores, weighted means
    recurrent = 2 * T * d**2                        # x W and h U
    return kernels, looking, recurrent


def kept(T, d):
    """Return how many numbers are kept to go on after T steps."""
    return 2 * T * d, d                             # keys and values; h
# --8<-- [end:cost]


def values():
    """Return the values that the page quotes, by name."""
    layer = layer_with_weights()
    weights = [np.array(array) for array in layer.get_weights()]
    x = np.random.default_rng(1).normal(size=(2, T, D))
    theirs = np.array(layer(x, x, use_causal_mask=True))
    ours = multi_head(x, weights, np.tri(T, dtype=bool))
    whole = multi_head(x, weights)
    return {
        "kernel": np.array(weights[0].shape),
        "output": np.array(weights[6].shape),
        "parameters": layer.count_params(), "arrays": len(weights),
        "kernels": 4 * D * HEADS * KEY_DIM,
        "biases": 3 * HEADS * KEY_DIM + D,
        "same": bool(np.allclose(theirs, ours, rtol=0, atol=1e-12) and
                     np.allclose(layer(x, x), whole, rtol=0, atol=1e-12)),
        "products": np.array([products(n, WIDTH) for n in LENGTHS]),
        "kept": np.array([kept(n, WIDTH) for n in LENGTHS]),
        "first": 2 * WIDTH + 1,
        "parameters_wide": parameters(D, HEADS, D),
        "parameters_128": parameters(128, 8, 16),
        "parameters_one": parameters(128, 1, 128),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    kernels, looking, _ = v["products"].T
    return {"grows": ("at the second length they are equal, at the third "
                      "looking costs eight times as much",
                      [round(float(b / a), 3) for a, b in
                       zip(kernels, looking)][1:] == [1, 8])}


def main():
    """Print the outputs that the page shows, each below its name."""
    v = values()
    print("# shapes")
    for name, array in zip(
            ["W_q", "b_q", "W_k", "b_k", "W_v", "b_v", "W_o", "b_o"],
            layer_with_weights().get_weights()):
        print(name, array.shape)
    print("the same as Keras:", v["same"])
    print("# cost")
    print("   T     kernels     looking   SimpleRNN   cache   state")
    for n, row, state in zip(LENGTHS, v["products"], v["kept"]):
        print(f"{n:4} {row[0]:11,} {row[1]:11,} {row[2]:11,}"
              f" {state[0]:7} {state[1]:7}")


if __name__ == "__main__":
    main()
