"""The gradient of a table, and one step of SGD, by hand and by Keras.

Run `python -m snippets.embedding.gradient` for the output of the page.
Shapes: N samples, T steps, V rows of the table, m numbers in a row, u units.
"""

import keras
import numpy as np
import tensorflow as tf

from snippets.backpropagation.miniature import simple_rnn_backward
from snippets.embedding.miniature import (
    E, U, W, WORDS, b, k, keras_embedding,
)
from snippets.layers.simple_rnn import simple_rnn
from snippets.optimisers.step import sgd

TARGET = 1.0                                     # what h_2 should be
RATE = 0.5


# --8<-- [start:loss]
def loss(E, k):
    """Return how far the last state is from the target, squared."""
    h = simple_rnn(E[k], W, U, b)                # (N, T, u)
    return np.mean((h[:, -1] - TARGET) ** 2)
# --8<-- [end:loss]


# --8<-- [start:by_hand]
def table_gradient(E, k):
    """Return the gradients by x (N, T, m) and by the table (V, m)."""
    h = simple_rnn(E[k], W, U, b)                # (N, T, u)
    dh = np.zeros_like(h)                        # (N, T, u)
    dh[:, -1] = 2 * (h[:, -1] - TARGET) / len(k)  # the loss's derivative
    _, dz = simple_rnn_backward(h, dh, U)        # (N, T, u)
    dx = dz @ W.T                                # (N, T, m)
    return dx, by_row(k, dx)


def by_row(k, dx):
    """Return (V, m): for each row the sum of dx where that row was used."""
    dE = np.zeros_like(E)                        # (V, m)
    for row, change in zip(k.ravel(), dx.reshape(-1, E.shape[1])):
        dE[row] += change
    return dE
# --8<-- [end:by_hand]


# --8<-- [start:keras]
def keras_layers():
    """Return the embedding and the recurrent layer, called directly."""
    embedding = keras_embedding(dtype="float64")
    rnn = keras.layers.SimpleRNN(1, dtype="float64")
    rnn.build((None, None, 2))
    rnn.set_weights([W, U, b])
    return embedding, rnn


def by_tape(k):
    """Return the gradient of the table as TensorFlow has it."""
    embedding, rnn = keras_layers()
    with tf.GradientTape() as tape:
        cost = tf.reduce_mean((rnn(embedding(k)) - TARGET) ** 2)
    return tape.gradient(cost, embedding.trainable_variables[0].value)
# --8<-- [end:keras]


# --8<-- [start:step]
def keras_step(k, optimizer):
    """Return Keras's table (V, m) after one step of training, in float32."""
    model = keras.Sequential([keras_embedding(), keras.layers.SimpleRNN(1)])
    model(k)                                     # builds the second layer
    model.layers[1].set_weights([W, U, b])
    model.compile(loss="mse", optimizer=optimizer, run_eagerly=True)
    model.train_on_batch(k, np.full((len(k), 1), TARGET))
    return model.layers[0].get_weights()[0]
# --8<-- [end:step]


def values():
    """Return the values that the page quotes, by name."""
    dx, dE = table_gradient(E, k)
    slices = by_tape(k)
    return {
        "dx": dx, "dE": dE, "loss": loss(E, k),
        "new": sgd(E, dE, RATE), "new_loss": loss(sgd(E, dE, RATE), k),
        "keras_new": keras_step(k, keras.optimizers.SGD(RATE)),
        "slices": np.array(slices.values),       # (T, m): one for each place
        "indices": np.array(slices.indices),     # (T,)
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    return {"same": ("has the same numbers", np.allclose(
        v["keras_new"], v["new"], rtol=0, atol=1e-6))}


def main():
    """Print the gradient, place by place and row by row, and the step."""
    v = values()
    print("# places")
    print(" t  word    gradient by x_t")
    for t, (row, numbers) in enumerate(zip(k[0], v["dx"][0])):
        print(f" {t}  {WORDS[row]:6}", *(f"{n:z8.4f}" for n in numbers))
    print("# rows")
    print(" row  word    gradient           after the step")
    for row, (grad, new) in enumerate(zip(v["dE"], v["new"])):
        print(f" {row:3}  {WORDS[row]:6}", *(f"{n:z8.4f}" for n in grad),
              "  ", *(f"{n:z7.4f}" for n in new))
    print("# slices")
    print("indices:", *v["indices"])
    for numbers in v["slices"]:
        print("values: ", *(f"{n:z8.4f}" for n in numbers))


if __name__ == "__main__":
    main()
