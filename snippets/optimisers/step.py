"""One step of an optimiser by hand: SGD, RMSprop and Adam.

Run `python -m snippets.optimisers.step` for the output of the page.
Sources: G. Hinton, Neural networks for machine learning, lecture 6e (2012);
the Keras documentation of RMSprop and Adam.
"""

import keras
import numpy as np

from snippets.backpropagation.miniature import forward, gradients, target
from snippets.math_of_a_simple_rnn.miniature import (
    U, W, W_y, b, b_y, build_model, x,
)

NAMES = ["W", "U", "b", "W_y", "b_y"]
RATE = 0.01


# --8<-- [start:sgd]
def sgd(w, g, rate=0.01):
    """Return the new weights: a step against the gradient g."""
    return w - rate * g
# --8<-- [end:sgd]


# --8<-- [start:rmsprop]
def rmsprop(w, g, v, rate=0.01, rho=0.9, epsilon=1e-7):
    """Return the new weights w and the new running mean v, like g in shape.

    g is the gradient, v the running mean of its square, 0 at the start.
    """
    v = rho * v + (1 - rho) * g**2
    return w - rate * g / np.sqrt(v + epsilon), v
# --8<-- [end:rmsprop]


# --8<-- [start:adam]
def adam(w, g, a, v, n, rate=0.01, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    """Return the new w, a and v; n = 1, 2, ... counts the steps.

    a is the running mean of the gradient g, v that of its square.
    """
    a = beta_1 * a + (1 - beta_1) * g
    v = beta_2 * v + (1 - beta_2) * g**2
    rate = rate * np.sqrt(1 - beta_2**n) / (1 - beta_1**n)
    return w - rate * a / (np.sqrt(v) + epsilon), a, v
# --8<-- [end:adam]


def gradient(w, x):
    """Return the five gradients as one row, for the five weights w."""
    parts = [part.reshape(a.shape) for part, a in zip(w, (W, U, b, W_y, b_y))]
    return np.array([g.item() for g in gradients(x[None], *parts)])


def rmsprop_steps(x, count):
    """Return weights, gradients, running means: (count, 5) each."""
    w = np.array([part.item() for part in (W, U, b, W_y, b_y)])  # (5,)
    v, rows = np.zeros(5), []
    for _ in range(count):
        g = gradient(w, x)                       # (5,)
        w, v = rmsprop(w, g, v)
        rows.append([w, g, v])
    return np.array(rows).transpose(1, 0, 2)     # (3, count, 5)


# --8<-- [start:keras]
def keras_steps(x, optimizer, count):
    """Return the weights (count, 5) after each step of Keras, in float32."""
    model = build_model()
    model.set_weights([W, U, b, W_y, b_y])
    model.compile(loss="mse", optimizer=optimizer, run_eagerly=True)
    rows = []
    for _ in range(count):
        model.train_on_batch(x[None], np.array([[target]]))
        rows.append([weight.item() for weight in model.get_weights()])
    return np.array(rows)                        # (count, 5)
# --8<-- [end:keras]


def loss(w, x):
    """Return the loss for the five weights w."""
    parts = [part.reshape(a.shape) for part, a in zip(w, (W, U, b, W_y, b_y))]
    return forward(x[None], *parts)[2]


def values():
    """Return the values that the page quotes, by name."""
    start = np.array([part.item() for part in (W, U, b, W_y, b_y)])
    w, g, v = rmsprop_steps(x / 10, 2)
    rows = keras_steps(x / 10, keras.optimizers.RMSprop(RATE), 2)
    alone = [np.where(np.arange(5) == k, w[0], start) for k in range(5)]
    g_large = gradient(start, x)
    large = rmsprop(start, g_large, 0)
    outside = RATE * g_large / (np.sqrt(large[1]) + 1e-7)
    w_1, a_1, v_1 = adam(start, g[0], 0, 0, 1)
    w_2, _, _ = adam(w_1, gradient(w_1, x / 10), a_1, v_1, 2)
    return {
        "g": g, "v": v, "w": w, "change": np.diff([start, *w], axis=0),
        "loss": np.array([loss(row, x / 10) for row in [start, *w]]),
        "same_as_keras": np.allclose(rows, w, rtol=0, atol=1e-6),
        "sgd": sgd(start, g[0]), "sgd_change": -RATE * g[0],
        "sgd_loss": loss(sgd(start, g[0]), x / 10),
        "ratio": g[0][4] / g[0][1],
        "alone": np.array([gradient(moved, x / 10)[1] for moved in alone]),
        "first": RATE / np.sqrt(1 - 0.9),
        "large_g": g_large, "large_v": large[1],
        "large_change": large[0] - start, "outside_change": -outside,
        "adam_change": np.array([w_1 - start, w_2 - w_1]),
        "half": np.log(0.5) / np.log(0.9),
    }


def claims(v):
    """Return what the page says of these values, and whether it is true."""
    first, second = np.abs(v["change"])
    turned = np.flatnonzero(v["alone"] * v["g"][0][1] < 0)
    return {
        "alike": ("all five weights move by nearly the same amount",
                  np.max(first) < 1.05 * np.min(first)),
        "smaller": ("the steps become smaller", np.all(second < first)),
        "by_bias": ("only the step of the bias turns the sign",
                    turned.tolist() == [NAMES.index("b")]),
        "millionth": ("The weights agree to one millionth",
                      v["same_as_keras"]),
        "changed": ("its gradient has changed its sign",
                    v["g"][0][1] * v["g"][1][1] < 0),
        "as_far": ("nearly as far as the others", abs(v["large_change"][2])
                   > 0.9 * np.max(np.abs(v["large_change"]))),
    }


def main():
    """Print two steps of RMSprop."""
    v = values()
    print("# rmsprop")
    print("       gradient   mean v     change    new weight")
    for step in range(2):
        print(f"step {step + 1}: loss {v['loss'][step]:z.6f}")
        rows = zip(NAMES, v["g"][step], v["v"][step], v["change"][step],
                   v["w"][step])
        for name, *numbers in rows:
            print(f"{name:4}", " ".join(f"{n:z10.6f}" for n in numbers))
    print(f"after both: loss {v['loss'][2]:z.6f}")
    print("the same as Keras:", v["same_as_keras"])


if __name__ == "__main__":
    main()
