"""An embedding in miniature: four rows, one sentence of three words.

Run `python -m snippets.embedding.miniature` for the output of the page.
Source: the Keras documentation of Embedding. Shapes: N samples, T steps,
V rows of the table, m numbers in a row, u units.
"""

import keras
import numpy as np

from snippets.layers.simple_rnn import simple_rnn

# --8<-- [start:table]
WORDS = ["", "dogs", "see", "cats"]       # 0 stands for no word: padding
E = np.array([[0.1, 0.1],                 # (V, m): row 0
              [0.5, -0.2],                # dogs
              [-0.3, 0.8],                # see
              [0.9, 0.4]])                # cats
k = np.array([[3, 2, 3]])                 # (N, T): cats see cats
# --8<-- [end:table]


# --8<-- [start:by_hand]
x = E[k]                                  # (N, T, m): rows, looked up
one_hot = np.eye(len(E))[k]               # (N, T, V): one 1 in each row
product = one_hot @ E                     # (N, T, m): the same
# --8<-- [end:by_hand]


# --8<-- [start:keras]
def keras_embedding(**options):
    """Return Keras's Embedding with the table E."""
    layer = keras.layers.Embedding(*E.shape, **options)   # (V, m)
    layer.build()
    layer.set_weights([E])
    return layer


def keras_dense(**options):
    """Return a Dense layer without a bias whose kernel is the table E."""
    layer = keras.layers.Dense(E.shape[1], use_bias=False, **options)
    layer.build((None, None, len(E)))                     # (N, T, V)
    layer.set_weights([E])
    return layer
# --8<-- [end:keras]


# --8<-- [start:rnn]
W = np.array([[0.6], [-0.5]])             # (m, u): the kernel
U = np.array([[0.8]])                     # (u, u): the recurrent kernel
b = np.array([0.1])                       # (u,): the bias

h = simple_rnn(x, W, U, b)                # (N, T, u): what it makes of x
# --8<-- [end:rnn]


def values():
    """Return the values that the page quotes, by name."""
    embedding = keras_embedding(dtype="float64")
    dense = keras_dense(dtype="float64")
    outputs = [np.array(embedding(k)), np.array(dense(one_hot))]
    return {
        "x": x, "one_hot": one_hot, "h": h, "z": np.arctanh(h),
        "xW": x @ W, "rows": len(E), "width": E.shape[1],
        "parameters": embedding.count_params(),
        "shape": np.array(x.shape), "table_shape": np.array(E.shape),
        "one_hot_shape": np.array(one_hot.shape),
        "same": all(np.array_equal(x, y) for y in [product, *outputs]),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"digits": ("All of them agree, to the last bit", v["same"])}


def main():
    """Print what is looked up, and what the recurrent layer makes of it."""
    v = values()
    print("# look_up")
    print(" t  word  index  one-hot          x")
    rows = zip(k[0], v["one_hot"][0], v["x"][0])
    for t, (index, row, numbers) in enumerate(rows):
        print(f" {t}  {WORDS[index]:5} {index:4}   ",
              " ".join(f"{bit:z.0f}" for bit in row), "  ",
              " ".join(f"{n:z4.1f}" for n in numbers))
    print("# states")
    print(" t     x W + h U + b      h")
    for t, (z, state) in enumerate(zip(v["z"][0, :, 0], v["h"][0, :, 0])):
        print(f" {t} {z:z17.4f} {state:z10.4f}")


if __name__ == "__main__":
    main()
