"""What the page's laboratory starts with, and 50 random states of it.

The gradients are those of automatic differentiation in float64, with Keras's
own layers; the browser walks backwards by itself and must find the same.
Shapes: one sample, T = 3 steps, m = u = 1; n weights in the order of Keras.
"""

from functools import partial

import keras
import numpy as np
import tensorflow as tf

from snippets.backpropagation.check import differences, the_loss
from snippets.backpropagation.miniature import gradients
from snippets.optimisers.step import adam, loss, rmsprop, sgd
from snippets.layers.gru import gru, gru_step, gru_step_reset_before
from snippets.layers.lstm import lstm
from snippets.layers.simple_rnn import simple_rnn
from snippets.math_of_a_simple_rnn.miniature import U, W, W_y, b, b_y, x

STEP = 1e-4                                      # of the central difference
COARSE = 0.5                                     # one that is too large
RATE = 0.01                                      # the learning rate
COUNTS = {"simple_rnn": 14, "lstm": 12, "gru": 12, "gru_before": 12}
SHAPES = {                                       # of the weights, one unit wide
    "simple_rnn": [[1, 1], [1, 1], [1], [1, 1], [1]],
    "lstm": [[1, 4], [1, 4], [4]],
    "gru": [[1, 3], [1, 3], [2, 3]],
    "gru_before": [[1, 3], [1, 3], [3]],         # reset_after=False
}


def by_keras(kind):
    """Return a function of x (1, T, 1) and weights, and its variables."""
    options = {"dtype": "float64"}
    dense = keras.layers.Dense(1, **options)
    if kind == "simple_rnn":
        layer = keras.layers.SimpleRNN(1, **options)
    elif kind == "lstm":
        layer = keras.layers.LSTM(1, **options)
    else:
        after = kind == "gru"
        layer = keras.layers.GRU(1, reset_after=after, **options)
    layer.build((1, 3, 1))
    dense.build((1, 1))
    has_output = kind == "simple_rnn"
    last = dense if has_output else keras.layers.Identity(**options)
    variables = layer.trainable_variables + last.trainable_variables

    def output(x, weights):
        for variable, array in zip(variables, weights):
            variable.assign(array)
        return last(layer(x))                    # (1, 1)

    return output, variables


def by_numpy(kind, x, weights):
    """Return the output of the last step, by the layers of this site."""
    if kind == "simple_rnn":
        W, U, b, W_y, b_y = weights
        return (simple_rnn(x, W, U, b)[:, -1] @ W_y + b_y).item()
    if kind == "lstm":
        return lstm(x, *weights)[-1][0, -1, 0]
    W, U, b = weights
    step = gru_step if kind == "gru" else gru_step_reset_before
    return gru(x, W, U, b, step=step)[-1][0, -1, 0]


def loss_by_numpy(kind, x, target, *weights):
    """Return the squared difference of the last output and the target."""
    return (by_numpy(kind, x, weights) - target) ** 2


def row(arrays):
    """Return arrays, one behind the other, as one row."""
    return np.concatenate([np.ravel(array) for array in arrays])


def after_a_step(w, g, rate):
    """Return weights after the first step of SGD, RMSprop and Adam: (3, n)."""
    return np.array([sgd(w, g, rate), rmsprop(w, g, 0, rate)[0],
                     adam(w, g, 0, 0, 1, rate)[0]])


def random_states(kind, seed):
    """Return what is chosen (count, 6 + n), losses and results (count, 5, n).

    Chosen are three inputs, target, step and rate, then the weights; results
    are gradients, differences, and the weights after each optimiser's step.
    """
    rng = np.random.default_rng(seed)
    output, variables = by_keras(kind)
    sizes = [np.prod(shape) for shape in SHAPES[kind]]
    chosen, losses, results = [], [], []
    for _ in range(COUNTS[kind]):
        numbers = rng.uniform(-2, 2, 4 + sum(sizes)).round(2)
        w = numbers[4:]
        step = 10.0 ** -rng.integers(2, 5)
        rate = rng.integers(1, 50) / 100
        x, target = numbers[:3].reshape(1, 3, 1), numbers[3]
        weights = [part.reshape(shape) for part, shape in zip(
            np.split(w, np.cumsum(sizes)[:-1]), SHAPES[kind])]
        with tf.GradientTape() as tape:
            error = keras.ops.sum((output(x, weights) - target) ** 2)
        g = row(tape.gradient(error, variables))  # (n,)
        loss_of = partial(loss_by_numpy, kind, x, target)
        slopes = row(differences(loss_of, weights, step))
        chosen.append([*numbers[:4], step, rate, *w])
        losses.append(float(error))
        results.append([g, slopes, *after_a_step(w, g, rate)])
    return np.array(chosen), np.array(losses), np.array(results)


def values():
    """Return the values that the page and the test of the lab quote."""
    weights = [array.copy() for array in (W, U, b, W_y, b_y)]
    small = x[None] / 10
    h = simple_rnn(small, W, U, b)[0, :, 0]      # (T,)
    w, g = row(weights), row(gradients(small, *weights))
    found = {
        "z": np.arctanh(h), "w": w,
        "difference": row(differences(the_loss, weights, STEP)),
    }
    steps = after_a_step(w, g, RATE)
    found |= dict(zip(("sgd", "rmsprop", "adam"), steps))
    found["losses"] = np.array([loss(moved, small[0]) for moved in steps])
    coarse = row(differences(the_loss, weights, COARSE))
    found["coarse"], found["coarse_error"] = coarse, abs(coarse - g)
    for seed, kind in enumerate(COUNTS):
        parts = ("chosen", "losses", "results")
        numbers = random_states(kind, seed)
        found |= {f"{kind}_{part}": n for part, n in zip(parts, numbers)}
    return found


def claims(values):
    """Return what the page says of these values, and whether it is true."""
    error = values["coarse_error"]
    return {"exact": ("those of W_y and b_y still agree",
                      max(error[3:]) < 1e-12 < 0.05 < error[2])}


def main():
    """Print what the lab shows of the five weights at first."""
    v = values()
    print("difference     SGD  RMSprop    Adam")
    for row in zip(v["difference"], v["sgd"], v["rmsprop"], v["adam"]):
        print("  ".join(f"{number:z9.6f}" for number in row))


if __name__ == "__main__":
    main()
